import type { ReturnedPoints } from "#core/members/member.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { ReceiptElement } from "./document.ts";
import { row } from "./elements.ts";
import type { ReceiptLabels } from "./labels.ts";

/**
 * Who earned what, below what was paid.
 * @param label the masked number or the card's last digits; null of a member who was deleted since
 */
export function memberElements(
  { member }: Sale,
  label: string | null,
  labels: ReceiptLabels,
): readonly ReceiptElement[] {
  if (member === undefined) return [];
  return [
    { kind: "rule" },
    ...(label === null ? [] : [row(labels.member, label)]),
    ...(member.earned > 0 ? [row(labels.pointsEarned, `+${member.earned}`)] : []),
    ...(member.spent > 0 ? [row(labels.pointsSpent, `-${member.spent}`)] : []),
    row(labels.pointsBalance, String(member.balance)),
  ];
}

/** What goods that came back did to them. */
export function returnedPointsElements(
  points: ReturnedPoints | undefined,
  labels: Readonly<Record<"pointsTakenBack" | "pointsGivenBack" | "pointsBalance", string>>,
): readonly ReceiptElement[] {
  if (points === undefined) return [];
  const { takenBack, givenBack, balance } = points;
  return [
    { kind: "rule" },
    ...(takenBack > 0 ? [row(labels.pointsTakenBack, `-${takenBack}`)] : []),
    ...(givenBack > 0 ? [row(labels.pointsGivenBack, `+${givenBack}`)] : []),
    row(labels.pointsBalance, String(balance)),
  ];
}
