import type { DraftView } from "#contract/ipc/setup-view.ts";
import { Choice } from "./Choice.tsx";
import { FieldInput } from "./FieldInput.tsx";
import { KeyCard } from "./KeyCard.tsx";
import { useSettingsText } from "./settings-texts.ts";
import type { Fields } from "./use-fields.ts";
import type { Setup } from "./use-setup.ts";

const protocols = ["v3", "v2"] as const;
const signTypes = ["HMAC-SHA256", "MD5"] as const;

export function ProtocolStep(props: {
  readonly draft: DraftView;
  readonly fields: Fields;
  readonly run: Setup["run"];
}) {
  const { fields } = props;
  const text = useSettingsText();
  const { codepayProtocol, v2SignType } = fields.values;
  return (
    <>
      <Choice
        label={text("field.codepayProtocol")}
        value={codepayProtocol}
        options={protocols.map((value) => ({ value, words: text(`choice.${value}`) }))}
        testId="protocol"
        onChoose={(chosen) => fields.choose({ codepayProtocol: chosen })}
      />
      {codepayProtocol === "v2" && (
        <>
          <KeyCard slot="v2-key" {...props} />
          <Choice
            label={text("field.v2SignType")}
            value={v2SignType}
            options={signTypes.map((value) => ({ value, words: value }))}
            testId="sign-type"
            onChoose={(chosen) => fields.choose({ v2SignType: chosen })}
          />
        </>
      )}
      <div className="setup-fields">
        <div className="setup-whole">
          <FieldInput field="baseUrl" fields={fields} />
        </div>
      </div>
    </>
  );
}
