/** The columns of lines of whole numbers, parted by tabs, as the columns' engine answers them. */
export function columnsIn(text: string, width: number): Float64Array[] {
  let rows = 0
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) === 10) rows += 1
  const columns = Array.from({ length: width }, () => new Float64Array(rows))
  let row = 0
  let column = 0
  let number = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= 48 && code <= 57) number = number * 10 + code - 48
    else {
      columns[column]![row] = number
      number = 0
      column += 1
      if (code === 10) {
        row += 1
        column = 0
      }
    }
  }
  return columns
}
