import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { ShopAnswer } from "../../admin/shapes.ts";
import { send } from "../api-client.ts";
import { FormDialog } from "../parts/FormDialog.tsx";
import { goTo } from "../place.ts";
import { useWords } from "../texts.tsx";

interface Props {
  readonly isOpen: boolean;
  /** The shop whose names are changed; without one a new shop. */
  readonly shop?: ShopAnswer;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

export function ShopForm(props: Props) {
  return props.isOpen ? <OpenShopForm {...props} /> : null;
}

function OpenShopForm({ shop, onClose, onSaved }: Props) {
  const { text } = useWords();
  const [code, setCode] = useState(shop?.storeCode ?? "");
  const [nameZh, setNameZh] = useState(shop?.nameZh ?? "");
  const [nameEn, setNameEn] = useState(shop?.nameEn ?? "");
  const isNew = shop === undefined;
  return (
    <FormDialog
      onClose={onClose}
      onSave={() => send("PUT", `/shops/${encodeURIComponent(code)}`, { nameZh, nameEn, isNew })}
      onSaved={() => {
        onSaved();
        if (isNew) goTo(`shops/${code}`);
      }}
      save={isNew ? text("shop.add") : text("save")}
      title={isNew ? text("shop.add") : text("shop.edit")}
    >
      {isNew && (
        <TextInput
          data-autofocus
          description={text("shop.code-rule")}
          label={text("shop.code")}
          maxLength={4}
          onChange={(event) => setCode(event.currentTarget.value.toUpperCase())}
          pattern="[A-Z0-9]{2,4}"
          required
          value={code}
        />
      )}
      <TextInput
        label={text("shop.name-zh")}
        maxLength={80}
        onChange={(event) => setNameZh(event.currentTarget.value)}
        required
        value={nameZh}
      />
      <TextInput
        label={text("shop.name-en")}
        maxLength={80}
        onChange={(event) => setNameEn(event.currentTarget.value)}
        value={nameEn}
      />
    </FormDialog>
  );
}
