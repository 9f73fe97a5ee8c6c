import type { DraftView } from "#contract/ipc/setup-view.ts";
import { FieldInput } from "./FieldInput.tsx";
import { KeyCard } from "./KeyCard.tsx";
import { useSettingsText } from "./settings-texts.ts";
import type { Fields } from "./use-fields.ts";
import type { Setup } from "./use-setup.ts";

export function MerchantKeyStep(props: {
  readonly draft: DraftView;
  readonly fields: Fields;
  readonly run: Setup["run"];
}) {
  const text = useSettingsText();
  return (
    <>
      <KeyCard slot="private-key" {...props} />
      <KeyCard slot="certificate" {...props} />
      <p className="settings-soft">{text("key.pair")}</p>
      <div className="setup-fields">
        <FieldInput field="certSerial" fields={props.fields} />
      </div>
    </>
  );
}
