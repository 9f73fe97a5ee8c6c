import type { ReactNode } from "react";
import { type AuditGroup, auditGroups } from "#core/journal/audit-groups.ts";
import { useSection } from "../../../till-client.ts";
import { useAuditText } from "./audit-texts.ts";
import type { Filters } from "./read-query.ts";

/** What is looked for. Every field narrows; an empty one does not. */
export function AuditFilters(props: {
  readonly filters: Filters;
  readonly isAmountBad: boolean;
  readonly onChange: (filters: Filters) => void;
}) {
  const { filters, isAmountBad, onChange } = props;
  const text = useAuditText();
  const people = useSection("people");
  const set = (change: Partial<Filters>): void => onChange({ ...filters, ...change });
  const field = (name: "amount" | "saleNumber" | "text", label: string, most: number): ReactNode => (
    <label>
      <span>{label}</span>
      <input
        data-testid={`audit-${name}`}
        inputMode={name === "amount" ? "decimal" : "text"}
        aria-invalid={name === "amount" && isAmountBad}
        maxLength={most}
        spellCheck={false}
        value={filters[name]}
        onChange={(event) => set({ [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <fieldset className="audit-filters" aria-label={text("filters")}>
      {(["from", "to"] as const).map((name) => (
        <label key={name}>
          <span>{text(`filter.${name}`)}</span>
          <input
            type="date"
            className="figures"
            data-testid={`audit-${name}`}
            value={filters[name]}
            onChange={(event) => set({ [name]: event.currentTarget.value })}
          />
        </label>
      ))}
      <label>
        <span>{text("filter.person")}</span>
        <select
          data-testid="audit-person"
          value={filters.personId}
          onChange={(event) => set({ personId: event.currentTarget.value })}
        >
          <option value="">{text("filter.anybody")}</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{text("filter.group")}</span>
        <select
          data-testid="audit-group"
          value={filters.group}
          onChange={
            (event) => set({ group: event.currentTarget.value as AuditGroup | "" }) /* one of the options below */
          }
        >
          <option value="">{text("filter.any-group")}</option>
          {auditGroups.map((group) => (
            <option key={group} value={group}>
              {text(`group.${group}`)}
            </option>
          ))}
        </select>
      </label>
      {field("amount", text("filter.amount"), 11)}
      {field("saleNumber", text("filter.sale"), 32)}
      {field("text", text("filter.text"), 64)}
    </fieldset>
  );
}
