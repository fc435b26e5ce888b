import { useState } from 'react'

/** The token of the page's address: `/join#token=…`. In the fragment, which browsers never send. */
export function useFragmentToken(): string {
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token') ?? '')
  return token
}
