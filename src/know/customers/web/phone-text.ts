/** An E.164 number in groups, as it is read out: +86 138 0013 8000. Pure; numbers of other countries stay as they are. */
export function phoneText(number: string): string {
  return number
    .replace(/^(\+86)(1\d{2})(\d{4})(\d{4})$/, '$1 $2 $3 $4')
    .replace(/^(\+886)(9\d{2})(\d{3})(\d{3})$/, '$1 $2 $3 $4')
    .replace(/^(\+85[23])(\d{4})(\d{4})$/, '$1 $2 $3')
}
