import { PeopleLink } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Share } from '#web/kit/values.tsx'
import type { PathAnswer, PathAsks, PathLink, PathPlaceSums } from '../contract.ts'
import { usePlaceWords } from './place-words.ts'

type Sums = Pick<
  PathPlaceSums,
  'visits' | 'people' | 'share' | 'visitsBefore' | 'peopleBefore' | 'whose' | 'whoseBefore'
>

/** The ways as words: a list for each step, each place with where its visits came from. */
export function PathSteps({ asks, answer }: { asks: PathAsks; answer: PathAnswer }) {
  const t = useT()
  const called = usePlaceWords(asks.back ?? false)
  const steps = [...new Set(answer.places.map(({ at }) => at))]
  const nameAt = (at: number, key: string) => {
    const place = answer.places.find((one) => one.at === at && one.key === key)
    return place ? called(place) : ''
  }
  return (
    <>
      <p>
        {t('paths.all')} <Numbers of={answer.all} answer={answer} />
      </p>
      <ol className="path-steps" aria-label={t('paths.ways')}>
        {steps.map((at) => (
          <li key={at}>
            <h2>{t(asks.back ? 'paths.back_at' : 'paths.step_at', { at })}</h2>
            <ul>
              {answer.places
                .filter((one) => one.at === at)
                .map((place) => (
                  <li key={place.key}>
                    <strong className={place.did === 'bought' ? 'path-bought' : undefined}>{called(place)}</strong>
                    <Numbers of={place} answer={answer} />
                    <Share of={place.share} />
                    <span className="path-bar" aria-hidden="true">
                      <span style={{ width: `${Math.round((place.share ?? 0) * 100)}%` }} />
                    </span>
                    <Origins
                      links={answer.links.filter((one) => one.at === at && one.to === place.key && one.visits > 0)}
                      nameOf={(link) => nameAt(at - 1, link.from)}
                      answer={answer}
                    />
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ol>
    </>
  )
}

/** From where the visits of a place came; of one place alone it is told too, as its people are. */
function Origins(props: { links: PathLink[]; nameOf: (link: PathLink) => string; answer: PathAnswer }) {
  const t = useT()
  const { links, nameOf, answer } = props
  if (links.length === 0) return null
  return (
    <details>
      <summary className="soft">{t('paths.origins')}</summary>
      <ul>
        {links.map((link) => (
          <li key={link.from}>
            {nameOf(link)} <Numbers of={link} answer={answer} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function Numbers({ of, answer }: { of: Sums; answer: PathAnswer }) {
  const t = useT()
  return (
    <span className="path-numbers">
      <PeopleLink of={of.people > 0 ? of.whose : null} asOf={answer.asOf}>
        {t('paths.sum', { visits: of.visits, people: of.people })}
      </PeopleLink>
      {of.visitsBefore !== null && (
        <span className="soft">
          <PeopleLink of={of.peopleBefore ? of.whoseBefore : null} asOf={answer.asOf}>
            {t('paths.was', { value: t('paths.sum', { visits: of.visitsBefore, people: of.peopleBefore ?? 0 }) })}
          </PeopleLink>
        </span>
      )}
    </span>
  )
}
