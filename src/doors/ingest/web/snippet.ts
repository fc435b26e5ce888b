/** What a shop puts into every page, for the tracker of sdk/browser. */
export function snippetOf(origin: string, key: string): string {
  return `<script async src="${origin}/tracker.js" data-key="${key}"></script>
<script>window.regulars = window.regulars || function () { (regulars.q = regulars.q || []).push(arguments) }</script>`
}

/** How a program sends, for a first try. */
export function commandOf(origin: string, key: string): string {
  return `curl -u "${key}:" -H "Content-Type: application/json" ${origin}/v1/track \\
  -d '{"userId":"4711","event":"Product Viewed","properties":{"sku":"TEA-1"}}'`
}
