import type { Symbol2d } from "./symbol.ts";

/** A QR or barcode in black on white with its quiet zone (in modules), scaled to the box it is put into. */
export function CodeSymbol(props: {
  readonly symbol: Symbol2d;
  readonly quiet: number;
  readonly label: string;
  readonly className?: string;
  readonly testId?: string;
}) {
  const { symbol, quiet, label, className, testId } = props;
  const isSquare = symbol.width === symbol.height;
  // Bars may be stretched in height, modules of a QR may not; white above and below bars is not needed.
  const quietAbove = isSquare ? quiet : 0;
  const width = symbol.width + 2 * quiet;
  const height = symbol.height + 2 * quietAbove;
  return (
    <svg
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an inline drawing is no <img>
      role="img"
      aria-label={label}
      data-testid={testId}
      className={className}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio={isSquare ? "xMidYMid meet" : "none"}
      // A matrix is drawn at whole pixels or nearly; bars at any width, where snapping would change their proportions.
      shapeRendering={isSquare ? "crispEdges" : "auto"}
    >
      <rect width={width} height={height} fill="#fff" />
      <path d={symbol.path} transform={`translate(${quiet} ${quietAbove})`} fill="#000" fillRule="evenodd" />
    </svg>
  );
}
