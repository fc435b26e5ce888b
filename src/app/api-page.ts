import { html, raw } from 'hono/html'
import type { OpenApi } from './openapi.ts'

type Operation = {
  requestBody?: unknown
  responses?: unknown
  summary?: string
  description?: string
  tags?: string[]
  parameters?: unknown[]
  [extension: `x-${string}`]: unknown
}

const style = `
:root{color-scheme:light dark;--ink:#24312b;--paper:#fbf9f4;--line:#e3ddd0;--tea:#2f6f4f}
@media(prefers-color-scheme:dark){:root{--ink:#e6e3da;--paper:#191c1a;--line:#353a36;--tea:#8fc9a8}}
body{margin:0 auto;max-width:52rem;padding:2rem 1rem;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif}
h2{margin-top:3rem;border-bottom:1px solid var(--line)}a{color:var(--tea)}code{font-size:.9em}
details{border-bottom:1px solid var(--line);padding:.5rem 0}summary{cursor:pointer}summary b{display:inline-block;min-width:4.5rem;color:var(--tea)}
pre{overflow:auto;font-size:.85rem;padding:.75rem;border:1px solid var(--line)}small{opacity:.75}`

/** The API in a form that people read, made of the same document as /openapi.json. No script. */
export function apiPage(document: OpenApi, nonce: string) {
  const byTag = new Map<string, { method: string; path: string; operation: Operation }[]>()
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    for (const [method, value] of Object.entries(operations ?? {})) {
      const operation = value as Operation
      const tag = operation.tags?.[0] ?? 'other'
      byTag.set(tag, [...(byTag.get(tag) ?? []), { method, path, operation }])
    }
  }
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Regulars API</title>
        <style nonce="${nonce}">
          ${raw(style)}
        </style>
      </head>
      <body>
        <main>
          <h1>Regulars API</h1>
          <p>${document.info.description}</p>
          <p>
            Everything is under <code>/api</code>; the machine’s version is <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).
            A POST that makes something takes an <code>Idempotency-Key</code>; an edit takes <code>If-Match: "version"</code>. Lists
            page by <code>after</code>, with the <code>next</code> of the page before.
          </p>
          <nav aria-label="Sections">${[...byTag.keys()].map((tag) => html`<a href="#${tag}">${tag}</a> `)}</nav>
          ${[...byTag].map(
            ([tag, operations]) =>
              html`<section>
                <h2 id="${tag}">${tag}</h2>
                ${operations.map(
                  ({ method, path, operation }) =>
                    html`<details>
                      <summary>
                        <b>${method.toUpperCase()}</b> <code>${path}</code> ${operation.summary}<br />
                        <small>permission ${operation['x-permission']} · rows ${operation['x-data-scope']} · rate ${operation['x-rate-class']}</small>
                      </summary>
                      <pre tabindex="0">${JSON.stringify({ parameters: operation.parameters, requestBody: operation.requestBody, responses: operation.responses }, null, 2)}</pre>
                    </details>`,
                )}
              </section>`,
          )}
        </main>
      </body>
    </html>`
}
