/** What goes wrong at a till on purpose, for the judge's controls. */
export const mistakes = ["drops-one", "sends-twice", "leaks"] as const;
export type Mistake = (typeof mistakes)[number];
