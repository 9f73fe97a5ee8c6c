import type { PoleDisplayConfig } from "#contract/config/devices.ts";
import { Choice } from "../Choice.tsx";
import { useDeviceText } from "./device-texts.ts";

/** What a pole display is, and whether it can show Chinese. */
export function PoleFields(props: {
  readonly config: PoleDisplayConfig;
  readonly onChange: (config: PoleDisplayConfig) => void;
}) {
  const { config, onChange } = props;
  const text = useDeviceText();
  const { protocol, chinese } = config;
  return (
    <section className="settings-card">
      <Choice
        label={text("display.kind")}
        testId="display-protocol"
        value={protocol}
        options={(["cd5220", "led8"] as const).map((value) => ({ value, words: text(`display.kind.${value}`) }))}
        onChoose={(kind) => onChange({ ...config, protocol: kind, chinese: kind === "led8" ? "none" : chinese })}
      />
      <p className="settings-soft">{text(`display.kind.${protocol}.hint`)}</p>
      {protocol === "cd5220" && (
        <Choice
          label={text("display.chinese")}
          testId="display-chinese"
          value={chinese}
          options={(["none", "gb18030"] as const).map((value) => ({ value, words: text(`display.chinese.${value}`) }))}
          onChoose={(value) => onChange({ ...config, chinese: value })}
        />
      )}
    </section>
  );
}
