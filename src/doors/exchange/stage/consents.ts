import { type ConsentTarget, consentTargets, type Preset, type Target } from '../preset.ts'
import type { Cells } from './cells.ts'
import { instantReader } from './instant.ts'
import { RowProblem } from './problem.ts'

const yes = new Set(
  '是 有 对 對 同意 已同意 允许 允許 接受 订阅 訂閱 已订阅 已訂閱 y yes true 1 √ ✓ subscribed opt-in opted-in accepted granted allowed'.split(
    ' ',
  ),
)
const no = new Set(
  '否 无 無 不 不同意 拒绝 拒絕 退订 退訂 已退订 已退訂 取消订阅 n no false 0 × unsubscribed opt-out opted-out declined denied refused'.split(
    ' ',
  ),
)
const longestProof = 300

/**
 * What a row says of permissions, put into the person's document as `#consent <channel> <purpose> <yes|no>`. A blank cell says nothing;
 * a day is a yes of that day; what is neither makes the row unusable, because a guess here would write to who said no.
 */
export function consentReader(preset: Preset, cells: Cells): (row: string[], doc: Record<string, unknown>) => void {
  const instant = instantReader(preset)
  const told = consentTargets.filter(cells.has)
  if (told.length === 0) return () => undefined

  return (row, doc) => {
    const proof = cells.text(row, 'consent.proof')
    if (proof.length > longestProof)
      throw problem('exchange.too_long', 'consent.proof', proof, { allowed: longestProof })
    const said = cells.text(row, 'consent.at')
    const at = said === '' ? undefined : dayOf(said, 'consent.at')
    for (const target of told) {
      const text = cells.text(row, target)
      if (text !== '') put(doc, target, { text, at, proof })
    }
  }

  function put(
    doc: Record<string, unknown>,
    target: ConsentTarget,
    { text, at, proof }: { text: string; at: string | undefined; proof: string },
  ): void {
    const word = text.normalize('NFKC').toLowerCase().replace(/\s+/g, '-')
    const known = yes.has(word) ? 'yes' : no.has(word) ? 'no' : undefined
    const day = known ? at : dayOf(text, target)
    const [, channel, purpose] = target.split('.')
    doc[`#consent ${channel} ${purpose} ${known ?? 'yes'}`] = {
      ...(day && { at: day }),
      ...(proof && { proof: proof.toWellFormed() }),
    }
  }

  function dayOf(text: string, target: Target): string {
    const at = instant(text)
    if (at === 'bad')
      throw problem(target === 'consent.at' ? 'exchange.bad_date' : 'exchange.no_yes_or_no', target, text)
    if (at === 'two') throw problem('exchange.two_dates', target, text)
    return at
  }

  function problem(reason: string, target: Target, value: string, params?: Record<string, number>): RowProblem {
    return new RowProblem({ reason, column: cells.nameOf(target), value, params })
  }
}
