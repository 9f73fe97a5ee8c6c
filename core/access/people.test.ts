import fc from "fast-check";
import { expect, it } from "vitest";
import { readBadge } from "./badge.ts";
import { type Colleague, hasManager, withPerson } from "./people.ts";

const person = (id: string, role: "cashier" | "lead" | "manager", isActive = true, hasPin = true): Colleague => ({
  cashier: { id, name: id, role },
  isActive,
  hasPin,
});

it("finds no manager in one without a PIN, one sent away, or a lead cashier", () => {
  expect(hasManager([person("a", "lead"), person("b", "manager", false), person("c", "manager", true, false)])).toBe(
    false,
  );
  expect(hasManager([person("a", "cashier"), person("b", "manager")])).toBe(true);
});

it("always keeps a manager where no change that would leave none is made", () => {
  const colleague = fc.record({
    id: fc.constantFrom("a", "b", "c"),
    role: fc.constantFrom("cashier", "lead", "manager" as const),
    isActive: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(colleague, { maxLength: 30 }), (changes) => {
      let people: readonly Colleague[] = [person("a", "manager"), person("b", "manager"), person("c", "cashier")];
      for (const { id, role, isActive } of changes) {
        const next = withPerson(people, person(id, role, isActive));
        if (hasManager(next)) people = next;
        expect(hasManager(people)).toBe(true);
      }
    }),
  );
});

it("takes for a badge what is one, however it was read, and nothing a product, phone or receipt says", () => {
  expect(readBadge(" twb0123456789012345\r")).toBe("TWB0123456789012345");
  const others = [
    "6901234567892",
    "134567890123456789",
    "T01-000001",
    "TWB012345678901234",
    "TWB01234567890123456",
    "",
  ];
  expect(others.map(readBadge)).toEqual(others.map(() => null));
});
