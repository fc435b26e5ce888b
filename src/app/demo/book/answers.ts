import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { tellFacts } from './said.ts'

/** What the marketer writes back to who was not pleased; the last week's are still to be answered. */
const words: Record<number, string> = {
  1: '实在抱歉，破损的我们今天就补寄一份，包装也会加固。',
  2: '对不起，让您失望了。请在小店里留言，我们给您换。',
  3: '谢谢您说得这么实在，这一批我们会再试一遍。',
}

/** Answers to reviews of three stars and fewer, a day after. */
export async function answerReviews(ctx: Context, actor: string): Promise<void> {
  const until = new Date(ctx.clock.now().getTime() - 7 * 86_400_000)
  const { rows } = await sql<{ id: number; profileId: number; rating: number; answeredAt: Date }>`
    update reviews set answer = ${JSON.stringify(words)}::jsonb ->> rating::text, answered_at = at + interval '20 hours', answered_by = ${actor},
           version = version + 1, xid = pg_current_xact_id()
     where rating <= 3 and at < ${until} and answer is null
    returning id, profile_id, rating, answered_at`.execute(ctx.db)
  await tellFacts(
    ctx,
    rows.map(({ id, profileId, rating, answeredAt }) => ({
      ...{ at: answeredAt.toISOString(), actor, profile_id: profileId, subject_id: id },
      ...{ kind: 'reviews.answered', data: { rating } },
    })),
  )
}
