/** The house's mark: the character 熟 as a seal. */
export function Seal() {
  return (
    <span className="seal" aria-hidden="true" lang="zh-CN">
      熟
    </span>
  )
}
