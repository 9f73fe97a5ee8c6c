/** What the codes of a test sheet say. */
export const testSheetQr = "TILLWAY TEST";
export const testSheetBarcode = "TILLWAY-12";

/** `----5---10---15…|`, exactly as wide as it says. */
export function rulerText(columns: number): string {
  let text = "";
  for (let five = 5; five <= columns; five += 5) text += String(five).padStart(5, "-");
  return `${text.padEnd(columns, "-").slice(0, columns - 1)}|`;
}
