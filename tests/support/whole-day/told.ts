/** What somebody has told as JSON, field by field: whoever reads it says what it must be, and is stopped where it is not. */
export type Told = Readonly<Record<string, unknown>>;

export function told(value: unknown): Told {
  if (typeof value !== "object" || value === null) throw new Error(`an object, got ${JSON.stringify(value)}`);
  return value as Told; // an object: each of its fields is looked at before it is used
}

export function whole(of: Told, field: string): number {
  const value = of[field];
  if (typeof value !== "number" || !Number.isSafeInteger(value))
    throw new Error(`${field}: a whole number, got ${String(value)}`);
  return value;
}

export function wholeOr(of: Told, field: string, otherwise: number): number {
  return field in of ? whole(of, field) : otherwise;
}

export function word(of: Told, field: string): string {
  const value = of[field];
  if (typeof value !== "string") throw new Error(`${field}: a text, got ${JSON.stringify(value)}`);
  return value;
}

/** @param otherwise where it is not there, or null */
export function wordOr(of: Told, field: string, otherwise: string): string {
  const value = of[field];
  return value === undefined || value === null ? otherwise : word(of, field);
}

export function list(of: Told, field: string): readonly Told[] {
  const value = of[field];
  if (!Array.isArray(value)) throw new Error(`${field}: a list, got ${JSON.stringify(value)}`);
  return value.map(told);
}
