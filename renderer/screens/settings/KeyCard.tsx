import { IconAlertCircle, IconCircleCheckFilled, IconClipboard, IconFile, IconKeyboard } from "@tabler/icons-react";
import { useState } from "react";
import type { DraftView, KeySlot, KeyView, TextSlot } from "#contract/ipc/setup-view.ts";
import { formatIsoDay } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { useSettingsText } from "./settings-texts.ts";
import { TypeKey } from "./TypeKey.tsx";
import type { Setup } from "./use-setup.ts";

/** One key: which it is, what main says about the one given, and the ways to give another. */
export function KeyCard(props: { readonly slot: KeySlot; readonly draft: DraftView; readonly run: Setup["run"] }) {
  const { slot, draft, run } = props;
  const text = useSettingsText();
  const [isTyping, setTyping] = useState(false);
  const key = draft.keys.find((one) => one.slot === slot);
  if (key === undefined) return null;
  const isGood = key.given !== null && key.problem === null;
  return (
    <section
      className="settings-card key-card"
      data-testid={`key-${slot}`}
      data-state={key.given === null ? "none" : isGood ? "good" : "wrong"}
      data-problem={key.problem ?? ""}
    >
      <div className="key-head">
        <h3>{text(`key.${slot}`)}</h3>
        <span className="settings-soft">{text(`key.${slot}.hint`)}</span>
      </div>
      {isTyping && isTextSlot(slot) ? (
        <TypeKey
          label={text("key.type.field", { key: text(`key.${slot}`) })}
          onCancel={() => setTyping(false)}
          onTyped={(typed) => {
            setTyping(false);
            void run("setup-type-key", { slot, text: typed });
          }}
        />
      ) : (
        <div className="key-ways">
          <Press data-testid={`choose-${slot}`} onClick={() => void run("setup-choose-file", { slot })}>
            <IconFile size={22} aria-hidden />
            {text(key.given === null ? "key.choose" : "key.choose-other")}
          </Press>
          {isTextSlot(slot) && (
            <>
              <Press data-testid={`paste-${slot}`} onClick={() => void run("setup-clipboard", { slot })}>
                <IconClipboard size={22} aria-hidden />
                {text("key.paste")}
              </Press>
              <Press data-testid={`type-${slot}`} onClick={() => setTyping(true)}>
                <IconKeyboard size={22} aria-hidden />
                {text("key.type")}
              </Press>
            </>
          )}
        </div>
      )}
      <KeyVerdict view={key} certificate={slot === "certificate" ? draft.certificate : null} />
    </section>
  );
}

function isTextSlot(slot: KeySlot): slot is TextSlot {
  return slot === "api-v3-key" || slot === "v2-key";
}

function KeyVerdict(props: { readonly view: KeyView; readonly certificate: DraftView["certificate"] }) {
  const { given, problem, fingerprint } = props.view;
  const text = useSettingsText();
  if (given === null) return null;
  return (
    <div className={`key-verdict key-verdict-${problem === null ? "good" : "wrong"}`} role="status">
      {problem === null ? <IconCircleCheckFilled size={24} aria-hidden /> : <IconAlertCircle size={24} aria-hidden />}
      <div>
        <strong>{problem === null ? text("key.good") : text(`wrong.${problem}`)}</strong>
        <span className="key-facts figures">
          <span>{text(`key.given.${given.by}`, { name: given.name })}</span>
          {fingerprint !== null && <span>{text("key.fingerprint", { fingerprint })}</span>}
          <CertificateFacts certificate={props.certificate} />
        </span>
      </div>
    </div>
  );
}

function CertificateFacts({ certificate }: { readonly certificate: DraftView["certificate"] }) {
  const text = useSettingsText();
  const place = useClockPlace();
  if (certificate === null) return null;
  const { serial, endsAtMs } = certificate;
  return <span>{text("key.certificate.facts", { serial, day: formatIsoDay(endsAtMs, place) })}</span>;
}
