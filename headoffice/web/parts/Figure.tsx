interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly tone?: "bad" | "wait" | undefined;
  readonly href?: string;
}

/** One number that says how things stand, and what it counts. */
export function Figure({ label, value, tone, href }: FigureProps) {
  const inside = (
    <>
      <span className="office-figure-value figures">{value}</span>
      <span className="office-figure-label">{label}</span>
    </>
  );
  const look = `office-card office-figure${tone === undefined ? "" : ` office-figure-${tone}`}`;
  return href === undefined ? (
    <div className={look}>{inside}</div>
  ) : (
    <a className={look} href={href}>
      {inside}
    </a>
  );
}
