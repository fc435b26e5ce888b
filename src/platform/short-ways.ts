import { registerHooks } from 'node:module'

// Our files name each other in full (`./orders.ts`, `#know/orders/index.ts`), so there is nothing to look for. Node looks all the same,
// in package.json and on the disk, for each of some 4,000 imports: a fifth of what a start costs. What is not ours it finds as ever.

const src = new URL('..', import.meta.url).href

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.endsWith('.ts')) {
      const ours = specifier.startsWith('#') ? src + specifier.slice(1) : near(specifier, context.parentURL)
      if (ours) return { url: ours, format: 'module-typescript', shortCircuit: true }
    }
    return next(specifier, context)
  },
})

function near(specifier: string, from: string | undefined): string | undefined {
  return specifier.startsWith('.') && from?.startsWith(src) ? new URL(specifier, from).href : undefined
}
