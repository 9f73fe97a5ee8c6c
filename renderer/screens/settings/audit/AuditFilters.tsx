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
  const set = (change: Partial<Filters>): void => onChange({ ...filters, ...change });
  return (
    <fieldset className="audit-filters" aria-label={text("filters")}>
      {(["from", "to"] as const).map((name) => (
        <label key={name} className="audit-date">
          <span>{text(`filter.${name}`)}</span>
          <span className="figures" aria-hidden="true">
            {filters[name] === "" ? text("filter.any-day") : filters[name]}
          </span>
          <input
            type="date"
            onClick={(event) => event.currentTarget.showPicker()}
            data-testid={`audit-${name}`}
            value={filters[name]}
            onChange={(event) => set({ [name]: event.currentTarget.value })}
          />
        </label>
      ))}
      <PersonFilter value={filters.personId} onChoose={(personId) => set({ personId })} />
      <GroupFilter value={filters.group} onChoose={(group) => set({ group })} />
      {typed.map(({ name, most }) => (
        <label key={name}>
          <span>{text(`filter.${name}`)}</span>
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
      ))}
    </fieldset>
  );
}

/** As many characters as main takes. */
const typed = [
  { name: "amount", most: 11 },
  { name: "saleNumber", most: 32 },
  { name: "text", most: 64 },
] as const;

function PersonFilter(props: { readonly value: string; readonly onChoose: (personId: string) => void }) {
  const text = useAuditText();
  const people = useSection("people");
  return (
    <label>
      <span>{text("filter.person")}</span>
      <select
        data-testid="audit-person"
        value={props.value}
        onChange={(event) => props.onChoose(event.currentTarget.value)}
      >
        <option value="">{text("filter.anybody")}</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function GroupFilter(props: { readonly value: AuditGroup | ""; readonly onChoose: (group: AuditGroup | "") => void }) {
  const text = useAuditText();
  const choose = (value: string): void => props.onChoose(auditGroups.find((group) => group === value) ?? "");
  return (
    <label>
      <span>{text("filter.group")}</span>
      <select data-testid="audit-group" value={props.value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{text("filter.any-group")}</option>
        {auditGroups.map((group) => (
          <option key={group} value={group}>
            {text(`group.${group}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
