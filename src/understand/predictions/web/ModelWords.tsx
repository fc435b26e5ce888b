import { useT } from '#web/i18n.ts'
import { Count, Money, Share } from '#web/kit/values.tsx'
import { Why } from '#web/kit/Why.tsx'
import type { Forecast } from '../contract.ts'

/** The model's parameters in plain words, or why there is none. */
export function ModelWords({ forecast: { purchases, spending, buyers, repeaters, gaps } }: { forecast: Forecast }) {
  const t = useT()
  return (
    <>
      {purchases.status === 'holds' ? (
        <ul className="model-words">
          <li>
            {t('predictions.word.pace')} <Count value={(7 * purchases.alpha) / purchases.r} />
          </li>
          <li>
            {purchases.a === 0 ? (
              t('predictions.word.stay')
            ) : (
              <>
                {t('predictions.word.leave')} <Share of={purchases.a / (purchases.a + purchases.b)} digits={0} />
              </>
            )}
          </li>
          {spending.status === 'holds' && (
            <li>
              {t('predictions.word.spend')}{' '}
              <Money minor={Math.round((spending.p * spending.gamma) / (spending.q - 1))} />
            </li>
          )}
        </ul>
      ) : (
        <p>{t(`predictions.fault.${purchases.status}`)}</p>
      )}
      {gaps && <p>{t('predictions.word.gaps', gaps)}</p>}
      <p className="soft">
        {t('predictions.rests_on', { buyers, repeaters })}
        {purchases.status === 'holds' && (
          <Why of={t('predictions.model')}>
            <p>{t('predictions.model_is')}</p>
            <p className="number">
              BG/NBD r {purchases.r.toFixed(3)}, α {purchases.alpha.toFixed(3)}, a {purchases.a.toFixed(3)}, b{' '}
              {purchases.b.toFixed(3)}; log L {purchases.logLikelihood.toFixed(1)}
            </p>
            {spending.status === 'holds' && (
              <p className="number">
                Gamma-Gamma p {spending.p.toFixed(2)}, q {spending.q.toFixed(2)}, γ {spending.gamma.toFixed(0)}
              </p>
            )}
          </Why>
        )}
      </p>
    </>
  )
}
