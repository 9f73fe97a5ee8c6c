import { Button, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import type { FeedSetting } from "#contract/wire/feed.ts";
import type { RowsAnswer } from "../../admin/shapes.ts";
import { send, type AskFault } from "../api-client.ts";
import { faultWords } from "../fault-words.ts";
import { useSession } from "../session.ts";
import { useWords } from "../texts.tsx";
import { useAnswer } from "../use-answer.ts";

type SettingsAnswer = RowsAnswer<FeedSetting>;

/** What stands at the end of the shop's receipts. */
export function ShopReceipt({ storeCode }: { readonly storeCode: string }) {
  const { value, reload } = useAnswer<SettingsAnswer>(`/shops/${storeCode}/settings`);
  if (value === null) return null;
  // Drawn anew with what was saved, so that the fields begin with it.
  return (
    <Footers answer={value} key={value.rows.map(({ rev }) => rev).join()} onSaved={reload} storeCode={storeCode} />
  );
}

interface Props {
  readonly storeCode: string;
  readonly answer: SettingsAnswer;
  readonly onSaved: () => void;
}

function Footers({ storeCode, answer, onSaved }: Props) {
  const { text } = useWords();
  const isAdmin = useSession().role === "admin";
  const saved = (id: string) => String(answer.rows.find((row) => row.id === id)?.value.value ?? "");
  const [zh, setZh] = useState(saved("store.footerZh"));
  const [en, setEn] = useState(saved("store.footerEn"));
  const [fault, setFault] = useState<AskFault | null>(null);
  const isSaved = zh === saved("store.footerZh") && en === saved("store.footerEn");

  const save = async (event: FormEvent) => {
    event.preventDefault();
    for (const [id, value] of [["store.footerZh", zh] as const, ["store.footerEn", en] as const]) {
      const put = await send("PUT", `/shops/${storeCode}/settings/${id}`, { value });
      if (!put.ok) return setFault(put.fault);
    }
    setFault(null);
    onSaved();
  };
  return (
    <section className="office-card office-shop">
      <h2>{text("receipt.title")}</h2>
      <form className="office-form office-narrow" onSubmit={(event) => void save(event)}>
        <TextInput
          label={text("receipt.zh")}
          maxLength={120}
          onChange={(event) => setZh(event.currentTarget.value)}
          readOnly={!isAdmin}
          value={zh}
        />
        <TextInput
          label={text("receipt.en")}
          maxLength={120}
          onChange={(event) => setEn(event.currentTarget.value)}
          readOnly={!isAdmin}
          value={en}
        />
        {fault !== null && (
          <p className="office-form-fault" role="alert">
            {faultWords(fault, text)}
          </p>
        )}
        {isAdmin && (
          <div className="office-form-foot">
            <Button disabled={isSaved} type="submit" variant="default">
              {text("save")}
            </Button>
            {isSaved && answer.rows.length > 0 && <span className="office-soft">{text("receipt.saved")}</span>}
          </div>
        )}
      </form>
    </section>
  );
}
