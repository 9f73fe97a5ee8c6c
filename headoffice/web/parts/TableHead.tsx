export interface Column {
  readonly name: string;
  /** Numbers stand right. */
  readonly isRight?: boolean;
  /** For a column of buttons: read out and not shown. */
  readonly isHidden?: boolean;
}

/** The names over a table's columns. */
export function TableHead({ columns }: { readonly columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        {columns.map(({ name, isRight = false, isHidden = false }) => (
          <th className={isRight ? "office-right" : undefined} key={name} scope="col">
            {isHidden ? <span className="office-hidden">{name}</span> : name}
          </th>
        ))}
      </tr>
    </thead>
  );
}
