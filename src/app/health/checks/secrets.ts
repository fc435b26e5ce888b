import { join } from 'node:path'
import { sql } from 'kysely'
import { secretKeyFile } from '#platform/secrets.ts'
import type { Check } from '../check.ts'

/** Whether the key of this installation is that of its records: the first four bytes of a sealed secret name its key. */
export const secretsCheck: Check = {
  name: 'key of the secrets',
  needs: ['records'],
  async run({ config, ctx }) {
    const { rows } = await sql<{ people: number }>`
      select count(*)::int as people from staff_factors
       where encode(substr(secret, 1, 4), 'hex') <> ${ctx.secrets.keyId}`.execute(ctx.db)
    const people = rows[0]!.people
    if (people === 0) return []
    return [
      {
        code: 'other_key',
        level: 'wrong',
        params: { people },
        commands: [
          `cp /path/to/old/${secretKeyFile} ${join(config.dataDir, secretKeyFile)}`,
          'regulars staff reset-two-factor --email …',
        ],
      },
    ]
  },
}
