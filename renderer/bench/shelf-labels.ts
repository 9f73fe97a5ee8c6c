import { mod10CheckDigit } from "#core/barcode/check-digit.ts";

/** A code that is not on a package: a scale's label, or one the shop cannot know. */
export interface ShelfLabel {
  readonly key: "amount" | "weight" | "both" | "unknown" | "misread";
  readonly text: string;
}

const checked = (digits: string): string => `${digits}${mod10CheckDigit(digits)}`;

/** By the demo store's scale: 0.845 kg of apples, 1.250 kg of bananas, 0.632 kg of brisket; then two that must be refused. */
export const shelfLabels: readonly ShelfLabel[] = [
  { key: "amount", text: checked("211000101166") }, // prefix 21, scale code 10001, ¥11.66
  { key: "weight", text: checked("241000701250") }, // prefix 24, scale code 10007, 1.250 kg
  { key: "both", text: checked("26100600567500632") }, // prefix 26, scale code 10060, ¥56.75, 0.632 kg
  { key: "unknown", text: checked("690999900001") },
  { key: "misread", text: "6920536012358" }, // the cola's code with another last digit
];
