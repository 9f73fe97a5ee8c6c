import { TextInput } from "@mantine/core";
import type { ScaleConfig } from "#contract/config/devices.ts";
import { Choice } from "../Choice.tsx";
import { useDeviceText } from "./device-texts.ts";

type Line = NonNullable<ScaleConfig["line"]>;

const protocols = ["toledo-8217", "cas-22", "cas-10", "and-18", "generic-line"] as const;
/** As most indicators write it; the pattern is the shop's to fill in. */
const plainLine: Line = { pattern: "SS,*WWWWWWWWUU", stable: "ST", over: "OL", end: "crlf", pollHex: "" };

/** What a scale speaks, and what it can weigh as it stands on its plate. */
export function ScaleFields(props: { readonly config: ScaleConfig; readonly onChange: (config: ScaleConfig) => void }) {
  const { config, onChange } = props;
  const text = useDeviceText();
  const { protocol, unit, maxGrams, minGrams, divisionGrams, line } = config;
  return (
    <section className="settings-card">
      <Choice
        label={text("scale.kind")}
        testId="scale-protocol"
        value={protocol}
        options={protocols.map((value) => ({ value, words: text(`scale.kind.${value}`) }))}
        onChoose={(value) => onChange(speaking(config, value))}
      />
      <p className="settings-soft">{text(`scale.kind.${protocol}.hint`)}</p>
      {line !== undefined && <LinePattern line={line} onChange={(changed) => onChange({ ...config, line: changed })} />}
      {protocol !== "cas-22" && protocol !== "and-18" && (
        <Choice
          label={text("scale.unit")}
          testId="scale-unit"
          value={unit}
          options={(["kg", "g", "lb", "oz"] as const).map((value) => ({ value, words: text(`scale.unit.${value}`) }))}
          onChoose={(value) => onChange({ ...config, unit: value })}
        />
      )}
      <div className="scale-grams">
        <Grams name="max" value={maxGrams} onChange={(grams) => onChange({ ...config, maxGrams: grams ?? 0 })} />
        <Grams name="min" value={minGrams} onChange={(grams) => onChange({ ...config, minGrams: grams ?? 0 })} />
        <Grams
          name="division"
          value={divisionGrams}
          onChange={(grams) => {
            const { divisionGrams: _before, ...rest } = config;
            onChange(grams === undefined ? rest : { ...rest, divisionGrams: grams });
          }}
        />
      </div>
      <p className="settings-soft">{text("scale.plate")}</p>
    </section>
  );
}

/** Whole grams; empty is "not said". */
function Grams(props: {
  readonly name: "max" | "min" | "division";
  readonly value: number | undefined;
  readonly onChange: (grams: number | undefined) => void;
}) {
  const { name, value, onChange } = props;
  const text = useDeviceText();
  return (
    <TextInput
      label={text(`scale.${name}`)}
      size="md"
      className="settings-field"
      data-testid={`scale-${name}`}
      value={value === undefined || value === 0 ? "" : String(value)}
      inputMode="numeric"
      rightSection={<span className="settings-soft">g</span>}
      onChange={(event) => {
        const digits = event.currentTarget.value.replace(/\D/g, "").slice(0, 6);
        onChange(digits === "" ? undefined : Number(digits));
      }}
    />
  );
}

function LinePattern(props: { readonly line: Line; readonly onChange: (line: Line) => void }) {
  const { line, onChange } = props;
  const text = useDeviceText();
  const field = (key: "pattern" | "stable" | "over" | "pollHex", most: number) => (
    <TextInput
      label={text(`scale.line.${key}`)}
      size="md"
      className="settings-field"
      data-testid={`scale-line-${key}`}
      value={line[key]}
      maxLength={most}
      spellCheck={false}
      onChange={({ currentTarget: { value } }) =>
        onChange({ ...line, [key]: key === "pollHex" ? value.toUpperCase().replace(/\s/g, "") : value })
      }
    />
  );
  return (
    <>
      <div className="scale-line">
        {field("pattern", 40)}
        {field("stable", 4)}
        {field("over", 4)}
        {field("pollHex", 16)}
      </div>
      <Choice
        label={text("scale.line.end")}
        testId="scale-line-end"
        value={line.end}
        options={(["crlf", "cr", "lf"] as const).map((value) => ({ value, words: text(`scale.line.end.${value}`) }))}
        onChoose={(end) => onChange({ ...line, end })}
      />
    </>
  );
}

/** Only a scale whose lines are described has a description. */
function speaking(config: ScaleConfig, protocol: ScaleConfig["protocol"]): ScaleConfig {
  const { line, ...rest } = config;
  return protocol === "generic-line" ? { ...rest, protocol, line: line ?? plainLine } : { ...rest, protocol };
}
