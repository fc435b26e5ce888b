import type { CustomerRow } from '../contract.ts'

/** What a customer is called: the name, else the number, phone or address by which the shop knows the person. */
export function called(customer: Pick<CustomerRow, 'id' | 'name' | 'number' | 'phone' | 'email'>): string {
  return customer.name ?? customer.number ?? customer.phone ?? customer.email ?? `#${customer.id}`
}
