import { useState } from "react";
import type { SupportBundleResult } from "#contract/worker/health-messages.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { Press } from "../../parts/Press.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { sizeWords } from "./finding-words.ts";
import { type HealthText, useHealthText } from "./health-texts.ts";

/** Every file of the package and how it begins, before anything is saved. */
export function PackageDialog(props: { readonly inside: SupportBundleResult; readonly onClose: () => void }) {
  const { inside, onClose } = props;
  const text = useHealthText();
  const [chosen, setChosen] = useState<string | null>(null);
  const entry = inside.entries.find(({ name }) => name === chosen);
  return (
    <Dialog
      title={text("support.inside")}
      size="broad"
      testId="support-package"
      onClose={onClose}
      footer={
        <Press data-testid="support-close" onClick={onClose}>
          {text("support.close")}
        </Press>
      }
    >
      <div className="health-package">
        <ul>
          {inside.entries.map(({ name, bytes }) => (
            <li key={name}>
              <Press
                className="health-file"
                data-testid="support-file"
                data-name={name}
                aria-pressed={name === chosen}
                onClick={() => setChosen(name)}
              >
                <strong>{wordsOf(name, text)}</strong>
                <span className="manager-soft">
                  <span lang="zxx">{name}</span> · {sizeWords(bytes)}
                </span>
              </Press>
            </li>
          ))}
        </ul>
        <Scrolled className="health-inside" label={text("support.inside")}>
          {entry === undefined ? (
            <p className="manager-soft">{text("support.pick")}</p>
          ) : (
            <pre data-testid="support-text" lang="zxx">
              {entry.text}
            </pre>
          )}
          {entry !== undefined && entry.bytes > new Blob([entry.text]).size && (
            <p className="manager-soft">{text("support.cut")}</p>
          )}
        </Scrolled>
      </div>
    </Dialog>
  );
}

const words = {
  "README.txt": "file.readme",
  "health.json": "file.health",
  "versions.json": "file.versions",
  "config.json": "file.config",
  "timings.json": "file.timings",
  "database.json": "file.database",
} as const;

function wordsOf(name: string, text: HealthText): string {
  const key = Object.entries(words).find(([file]) => file === name)?.[1] ?? "file.log";
  return text(key);
}
