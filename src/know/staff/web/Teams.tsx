import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { useColleagues } from './people.ts'
import { staff } from './staff-api.ts'

/** The teams, on the page of the staff. */
export function Teams() {
  const t = useT()
  const { nameOf } = useColleagues()
  const teams = useQuery(staff.query.teams.queryOptions({ input: {} }))
  return (
    <section className="panel" aria-labelledby="teams">
      <h2 id="teams">{t('staff.teams')}</h2>
      <p className="soft">{t('staff.teams_mean')}</p>
      <ErrorNote error={teams.error} again={teams.refetch} />
      {Boolean(teams.data?.items.length) && (
        <ul className="lines">
          {teams.data!.items.map((team) => (
            <li key={team.id}>
              <div>
                <strong>
                  <Link to={`/settings/staff/teams/${team.id}` as string}>{team.name}</Link>
                </strong>
                <span className="soft">
                  {t('staff.team_members', { count: team.memberIds.length })}
                  {team.leadId !== null && ` · ${t('staff.team_led_by', { name: nameOf(team.leadId) ?? '' })}`}
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
      <LinkButton to="/settings/staff/teams/new" quiet>
        {t('staff.add_team')}
      </LinkButton>
    </section>
  )
}
