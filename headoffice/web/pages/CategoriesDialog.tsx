import { Button, Modal, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import type { CategoriesAnswer } from "../../admin/shapes.ts";
import { send, type AskFault } from "../api-client.ts";
import { faultWords } from "../fault-words.ts";
import { useWords } from "../texts.tsx";

interface Props {
  readonly storeCode: string;
  readonly answer: CategoriesAnswer;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

const coloursInPalette = 10;

/** The shop's categories: the tiles' tabs at its tills. One that items are in stays. */
export function CategoriesDialog({ storeCode, answer, onClose, onSaved }: Props) {
  const { text, locale } = useWords();
  const [nameZh, setNameZh] = useState("");
  const [nameEn, setNameEn] = useState("");
  const [fault, setFault] = useState<AskFault | null>(null);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const sort = answer.rows.length;
    const value = { nameZh: nameZh.trim(), nameEn: nameEn.trim(), colour: sort % coloursInPalette, sort };
    const id = encodeURIComponent(nameZh.trim().slice(0, 60));
    const put = await send("PUT", `/shops/${storeCode}/categories/${id}`, value);
    setFault(put.ok ? null : put.fault);
    if (!put.ok) return;
    setNameZh("");
    setNameEn("");
    onSaved();
  };
  const remove = async (id: string) => {
    const gone = await send("DELETE", `/shops/${storeCode}/categories/${encodeURIComponent(id)}`);
    setFault(gone.ok ? null : gone.fault);
    onSaved();
  };
  return (
    <Modal
      closeButtonProps={{ "aria-label": text("close") }}
      onClose={onClose}
      opened
      size="lg"
      title={text("category.title")}
    >
      <ul className="office-list">
        {answer.rows.map(({ id, value }) => (
          <li key={id}>
            <span>{locale === "en" && value.nameEn !== "" ? value.nameEn : value.nameZh}</span>
            <span className="office-grow" />
            <Button color="red" onClick={() => void remove(id)} size="sm" variant="subtle">
              {text("remove")}
            </Button>
          </li>
        ))}
      </ul>
      <form className="office-form" onSubmit={(event) => void add(event)}>
        <div className="office-two">
          <TextInput
            data-autofocus
            label={text("item.name-zh")}
            maxLength={60}
            onChange={(event) => setNameZh(event.currentTarget.value)}
            required
            value={nameZh}
          />
          <TextInput
            label={text("item.name-en")}
            maxLength={80}
            onChange={(event) => setNameEn(event.currentTarget.value)}
            value={nameEn}
          />
        </div>
        <p aria-live="polite" className="office-form-fault" role="alert">
          {fault !== null && (fault.kind === "conflict" ? text("category.in-use") : faultWords(fault, text))}
        </p>
        <div className="office-form-foot">
          <span className="office-grow" />
          <Button type="submit">{text("category.add")}</Button>
        </div>
      </form>
    </Modal>
  );
}
