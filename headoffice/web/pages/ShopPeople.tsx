import { Button, Select, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { ShopPeopleAnswer } from "../../admin/shapes.ts";
import { send } from "../api-client.ts";
import { FormDialog } from "../parts/FormDialog.tsx";
import { Trouble } from "../parts/Trouble.tsx";
import { useSession } from "../session.ts";
import { useWords } from "../texts.tsx";
import { useAnswer } from "../use-answer.ts";

type PersonRow = ShopPeopleAnswer["rows"][number];

/** Who works at the shop's tills. PINs are set at the till: head office never knows one. */
export function ShopPeople({ storeCode }: { readonly storeCode: string }) {
  const { text } = useWords();
  const isAdmin = useSession().role === "admin";
  const { value, fault, reload } = useAnswer<ShopPeopleAnswer>(`/shops/${storeCode}/people?limit=200`);
  const [open, setOpen] = useState<PersonRow | "new" | null>(null);
  return (
    <section className="office-card office-shop">
      <div className="office-shop-head">
        <h2>{text("staff.title")}</h2>
        {isAdmin && (
          <Button
            leftSection={<IconPlus aria-hidden size={18} />}
            onClick={() => setOpen("new")}
            size="sm"
            variant="default"
          >
            {text("staff.add")}
          </Button>
        )}
      </div>
      {fault !== null && <Trouble fault={fault} onRetry={reload} />}
      {value?.rows.length === 0 && <p className="office-soft office-empty">{text("staff.none")}</p>}
      <ul className="office-list">
        {value?.rows.map((row) => (
          <li key={row.id}>
            <span>
              {row.value.name} <span className="office-code">{row.id}</span>
            </span>
            <span className="office-soft">{text(`staff.${row.value.role}`)}</span>
            <span className="office-grow" />
            {isAdmin && (
              <Button onClick={() => setOpen(row)} size="sm" variant="subtle">
                {text("edit")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open !== null && (
        <StaffForm
          onClose={() => setOpen(null)}
          onSaved={reload}
          row={open === "new" ? null : open}
          storeCode={storeCode}
        />
      )}
    </section>
  );
}

interface FormProps {
  readonly storeCode: string;
  readonly row: PersonRow | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

function StaffForm({ storeCode, row, onClose, onSaved }: FormProps) {
  const { text } = useWords();
  const [id, setId] = useState(row?.id ?? "");
  const [name, setName] = useState(row?.value.name ?? "");
  const [role, setRole] = useState<"cashier" | "manager">(row?.value.role ?? "cashier");
  const path = `/shops/${storeCode}/people/${encodeURIComponent(id)}`;
  const remove = async () => {
    const gone = await send("DELETE", path);
    if (!gone.ok) return;
    onSaved();
    onClose();
  };
  return (
    <FormDialog
      extra={
        row !== null && (
          <Button color="red" onClick={() => void remove()} variant="subtle">
            {text("remove")}
          </Button>
        )
      }
      onClose={onClose}
      onSave={() => send("PUT", path, { name, role })}
      onSaved={onSaved}
      save={text("save")}
      title={text("staff.title")}
    >
      <TextInput
        data-autofocus
        description={text("staff.id-rule")}
        label={text("staff.id")}
        maxLength={32}
        onChange={(event) => setId(event.currentTarget.value)}
        pattern="[A-Za-z0-9._\-]{1,32}"
        readOnly={row !== null}
        required
        value={id}
      />
      <TextInput
        label={text("staff.name")}
        maxLength={60}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        value={name}
      />
      <Select
        allowDeselect={false}
        comboboxProps={{ transitionProps: { duration: 80 } }}
        data={[
          { value: "cashier", label: text("staff.cashier") },
          { value: "manager", label: text("staff.manager") },
        ]}
        label={text("staff.role")}
        onChange={(value) => setRole(value === "manager" ? "manager" : "cashier")}
        value={role}
      />
      <p className="office-soft">{text("staff.pin")}</p>
    </FormDialog>
  );
}
