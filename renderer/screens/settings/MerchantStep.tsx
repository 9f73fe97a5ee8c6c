import { FieldInput } from "./FieldInput.tsx";
import { useSettingsText } from "./settings-texts.ts";
import type { Fields } from "./use-fields.ts";

export function MerchantStep({ fields }: { readonly fields: Fields }) {
  const text = useSettingsText();
  return (
    <div className="setup-fields">
      <FieldInput field="mchid" fields={fields} />
      <FieldInput field="appid" fields={fields} />
      <fieldset>
        <legend>{text("group.store")}</legend>
        <FieldInput field="storeOutId" fields={fields} />
        <FieldInput field="storeId" fields={fields} />
      </fieldset>
      <div className="setup-whole">
        <FieldInput field="notifyUrl" fields={fields} placeholder="https://…" />
      </div>
      <fieldset>
        <legend>{text("group.partner")}</legend>
        <FieldInput field="subMchid" fields={fields} />
        <FieldInput field="subAppid" fields={fields} />
      </fieldset>
    </div>
  );
}
