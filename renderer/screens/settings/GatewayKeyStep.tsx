import type { DraftView } from "#contract/ipc/setup-view.ts";
import { Choice } from "./Choice.tsx";
import { FieldInput } from "./FieldInput.tsx";
import { KeyCard } from "./KeyCard.tsx";
import { useSettingsText } from "./settings-texts.ts";
import type { Fields } from "./use-fields.ts";
import type { Setup } from "./use-setup.ts";

const ways = ["public-key", "certificates", "both"] as const;

export function GatewayKeyStep(props: {
  readonly draft: DraftView;
  readonly fields: Fields;
  readonly run: Setup["run"];
}) {
  const { fields } = props;
  const text = useSettingsText();
  const way = fields.values.answersSignedBy;
  return (
    <>
      <Choice
        label={text("field.answersSignedBy")}
        value={way}
        options={ways.map((value) => ({ value, words: text(`choice.${value}`) }))}
        testId="answers"
        onChoose={(answersSignedBy) => fields.choose({ answersSignedBy })}
      />
      {way !== "certificates" && (
        <>
          <div className="setup-fields">
            <div className="setup-whole">
              <FieldInput field="publicKeyId" fields={fields} placeholder="PUB_KEY_ID_…" />
            </div>
          </div>
          <KeyCard slot="public-key" {...props} />
        </>
      )}
      {way !== "public-key" && <KeyCard slot="api-v3-key" {...props} />}
    </>
  );
}
