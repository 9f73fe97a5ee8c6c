import type { ShelfLabelView } from "#contract/ipc/label-intents.ts";

/** A label on the list, and how often it is wanted; 0 is not chosen. */
export interface LabelChoice {
  readonly label: ShelfLabelView;
  readonly copies: number;
}

/** Of one label: a shelf end and a second place, not a wall of the same. */
export const mostCopies = 20;

/** Labels as they come from the list of what is to be replaced: each once. */
export function allChosen(labels: readonly ShelfLabelView[]): readonly LabelChoice[] {
  return labels.map((label) => ({ label, copies: 1 }));
}

/** What was chosen before stays on top; what a search found stands below, to be chosen. */
export function withFound(choices: readonly LabelChoice[], found: readonly ShelfLabelView[]): readonly LabelChoice[] {
  const kept = choices.filter(({ copies }) => copies > 0);
  const known = new Set(kept.map(({ label }) => label.sku));
  return [...kept, ...found.filter(({ sku }) => !known.has(sku)).map((label) => ({ label, copies: 0 }))];
}

/** Each scan is a label more; the newest stands on top. */
export function withScanned(
  choices: readonly LabelChoice[],
  scanned: readonly ShelfLabelView[],
): readonly LabelChoice[] {
  return scanned.reduce<readonly LabelChoice[]>((list, label) => {
    const known = list.find((one) => one.label.sku === label.sku);
    const copies = Math.min((known?.copies ?? 0) + 1, mostCopies);
    return [{ label, copies }, ...list.filter((one) => one !== known)];
  }, choices);
}

export function withCopies(choices: readonly LabelChoice[], sku: string, copies: number): readonly LabelChoice[] {
  const wanted = Math.min(Math.max(copies, 0), mostCopies);
  return choices.map((choice) => (choice.label.sku === sku ? { ...choice, copies: wanted } : choice));
}

export function withAll(choices: readonly LabelChoice[], isChosen: boolean): readonly LabelChoice[] {
  return choices.map(({ label, copies }) => ({ label, copies: isChosen ? Math.max(copies, 1) : 0 }));
}

/** How many labels would be printed. */
export function copiesOf(choices: readonly LabelChoice[]): number {
  return choices.reduce((sum, { copies }) => sum + copies, 0);
}

/** Every label as often as it is wanted, up to `most`, in the order of the list. */
export function spreadOut(choices: readonly LabelChoice[], most: number): readonly ShelfLabelView[] {
  return choices.flatMap(({ label, copies }) => Array.from({ length: copies }, () => label)).slice(0, most);
}
