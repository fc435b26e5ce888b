import { Link } from '@tanstack/react-router'
import { useMay } from '#web/session.ts'
import type { ShownProduct } from '../contract.ts'

/** A product by its name, to its page where one may see it. */
export function ProductLink({ of }: { of: ShownProduct }) {
  const name = productName(of)
  return useMay()('catalog.read') ? <Link to={`/products/${of.id}`}>{name}</Link> : <span>{name}</span>
}

export function productName({ name, code }: ShownProduct): string {
  return name ?? code
}
