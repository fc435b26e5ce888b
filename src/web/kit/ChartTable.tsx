import type { ChartProps } from './chart.ts'

/** The numbers of a chart as a table. */
export function ChartTable({ label, at, series, format, onPick }: ChartProps) {
  return (
    // A scrolling region must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="chart-table" tabIndex={0} aria-label={label}>
      <table className="ledger">
        <thead>
          <tr>
            <td />
            {series.map(({ key, label: name }) => (
              <th key={key} scope="col" className="end">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {at.map((place, index) => (
            <tr key={place.key}>
              <th scope="row">{place.label}</th>
              {series.map(({ key, values }) => {
                const value = values[index]
                const text = value === null || value === undefined ? '—' : format(value)
                return (
                  <td key={key} className="end">
                    {onPick && value ? (
                      <button type="button" className="link" onClick={() => onPick(place.key, key)}>
                        {text}
                      </button>
                    ) : (
                      text
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
