import { Alert, Button, Modal, SegmentedControl, TextInput } from "@mantine/core";
import { Fragment, useEffect, useState, type FormEvent } from "react";
import type { CodeAnswer, MachineAnswer, MachineRole, ShopAnswer } from "../../admin/shapes.ts";
import { send, type AskFault } from "../api-client.ts";
import { faultWords } from "../fault-words.ts";
import { countdown } from "../formats.ts";
import { useWords } from "../texts.tsx";

interface Props {
  readonly shop: ShopAnswer;
  /** The till or relay the code is for; null: a new one, whose kind and name are asked. */
  readonly machine: (MachineAnswer & { readonly role: MachineRole }) | null;
  readonly onClose: () => void;
}

/** Makes the code by which a till or a relay is let in, and shows it large until it has run out or was used. */
export function CodeDialog({ shop, machine, onClose }: Props) {
  const { text } = useWords();
  const [role, setRole] = useState<MachineRole>(machine?.role ?? "till");
  const [name, setName] = useState(machine?.terminalId ?? nextName(shop, "till"));
  const [made, setMade] = useState<CodeAnswer | null>(null);
  const [fault, setFault] = useState<AskFault | null>(null);
  const known = machinesOf(shop, role).find(({ terminalId }) => terminalId === name);
  const replaces = known?.state === "active";
  // Answered again while this is open: a till that came in with the code is there now.
  const isUsed = made !== null && known?.state === "active" && (known.enrolledMs ?? 0) >= made.nowMs;

  const make = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await send<CodeAnswer>("POST", `/shops/${shop.storeCode}/terminals/${name}/code`, {
      ...{ replaces, role },
    });
    setFault(answer.ok ? null : answer.fault);
    if (answer.ok) setMade(answer.value);
  };
  const choose = (chosen: MachineRole) => {
    setRole(chosen);
    setName(nextName(shop, chosen));
    setFault(null);
  };
  return (
    <Modal
      closeButtonProps={{ "aria-label": text("close") }}
      onClose={onClose}
      opened
      size="lg"
      title={text(machine === null && made === null ? "code.title" : `code.title.${role}`)}
    >
      {made === null ? (
        <form className="office-form" onSubmit={(event) => void make(event)}>
          {machine === null && <RoleChoice onChoose={choose} role={role} />}
          <NameField isFixed={machine !== null} name={name} onName={setName} role={role} />
          {replaces && (
            <Alert color="orange" variant="light">
              {text(`code.replaces.${role}`, { name })}
            </Alert>
          )}
          <p aria-live="polite" className="office-form-fault" role="alert">
            {fault !== null && faultWords(fault, text)}
          </p>
          <div className="office-form-foot">
            <span className="office-grow" />
            <Button onClick={onClose} variant="default">
              {text("cancel")}
            </Button>
            <Button type="submit">{text("code.make")}</Button>
          </div>
        </form>
      ) : (
        <Code
          isUsed={isUsed}
          made={made}
          name={name}
          onAgain={() => setMade(null)}
          onClose={onClose}
          role={role}
          storeCode={shop.storeCode}
        />
      )}
    </Modal>
  );
}

function RoleChoice({
  role,
  onChoose,
}: {
  readonly role: MachineRole;
  readonly onChoose: (role: MachineRole) => void;
}) {
  const { text } = useWords();
  return (
    <div>
      <SegmentedControl
        aria-label={text("code.role")}
        data={(["till", "relay"] as const).map((value) => ({ value, label: text(`code.role.${value}`) }))}
        fullWidth
        onChange={(chosen) => onChoose(chosen === "relay" ? "relay" : "till")}
        value={role}
      />
      <p className="office-soft">{text(`code.role.${role}.is`)}</p>
    </div>
  );
}

interface NameFieldProps {
  readonly role: MachineRole;
  readonly name: string;
  readonly isFixed: boolean;
  readonly onName: (name: string) => void;
}

function NameField({ role, name, isFixed, onName }: NameFieldProps) {
  const { text } = useWords();
  return (
    <TextInput
      data-autofocus
      description={text(`code.name-rule.${role}`)}
      label={text(`code.name.${role}`)}
      maxLength={4}
      onChange={(event) => onName(event.currentTarget.value.toUpperCase())}
      pattern="[A-Z0-9]{2,4}"
      readOnly={isFixed}
      required
      value={name}
    />
  );
}

interface CodeProps {
  readonly made: CodeAnswer;
  readonly storeCode: string;
  readonly name: string;
  readonly role: MachineRole;
  readonly isUsed: boolean;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

function Code({ made, storeCode, name: terminalId, role, isUsed, onAgain, onClose }: CodeProps) {
  const { text } = useWords();
  const leftMs = useMsLeft(made);
  const isOver = leftMs <= 0 && !isUsed;
  const name = `${storeCode}-${terminalId}`;
  return (
    <div className="office-form">
      <p>
        {isUsed ? text(`code.used.${role}`, { name }) : isOver ? text("code.over") : text(`code.how.${role}`, { name })}
      </p>
      {!isUsed && (
        <output className={`office-code-large figures${isOver ? " office-code-over" : ""}`}>{made.code}</output>
      )}
      {role === "relay" && !isUsed && !isOver && (
        <code className="office-command" lang="zxx">
          {commandOf(storeCode, terminalId, made.code).map((part) => (
            <Fragment key={part}>
              <span>{part}</span>{" "}
            </Fragment>
          ))}
        </code>
      )}
      {!isUsed && !isOver && (
        <p className="office-code-left figures" role="timer">
          {text("code.left", { time: countdown(leftMs) })}
        </p>
      )}
      <div className="office-form-foot">
        <span className="office-soft">{!isUsed && !isOver && text("code.once")}</span>
        <span className="office-grow" />
        {isOver && <Button onClick={onAgain}>{text("code.again")}</Button>}
        <Button onClick={onClose} variant={isOver ? "default" : "filled"}>
          {text("done")}
        </Button>
      </div>
    </div>
  );
}

/** In the parts that stay on one line; from where the page came, the relay finds head office too. */
function commandOf(storeCode: string, terminalId: string, code: string): readonly string[] {
  return [
    ...["npm run headoffice --", "--relay", `--upstream ${window.location.origin}`, `--store ${storeCode}`],
    ...[`--terminal ${terminalId}`, `--code ${code}`],
  ];
}

/** Counted from when the answer came, by the server's own difference: this machine's clock may be wrong. */
function useMsLeft({ expiresMs, nowMs }: CodeAnswer): number {
  const [endsAt] = useState(() => performance.now() + (expiresMs - nowMs));
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return endsAt - now;
}

const machinesOf = ({ terminals, relays }: ShopAnswer, role: MachineRole): readonly MachineAnswer[] =>
  role === "till" ? terminals : relays;

/** T01, T02 … or R1, R2 …: the first that no machine of the shop has. */
function nextName({ terminals, relays }: ShopAnswer, role: MachineRole): string {
  const taken = new Set([...terminals, ...relays].map(({ terminalId }) => terminalId));
  for (let number = 1; number < 100; number += 1) {
    const name = role === "till" ? `T${String(number).padStart(2, "0")}` : `R${number}`;
    if (!taken.has(name)) return name;
  }
  return "";
}
