import { IconCheck, IconCopy } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import { Press } from "../../../parts/Press.tsx";
import { useLegacyText } from "./legacy-texts.ts";

/** What is typed into another machine, or pasted where it is this one. */
export function CopyFact(props: { readonly label: string; readonly value: string; readonly testId: string }) {
  const { label, value, testId } = props;
  const text = useLegacyText();
  const [copied, setCopied] = useState<string | null>(null);
  const isCopied = copied === value;
  return (
    <div className="legacy-fact">
      <div>
        <span className="settings-soft">{label}</span>
        <code data-testid={testId} lang="zxx">
          {value.split(":").map((part, at) => (
            // Two letters of a fingerprint stay together where its line breaks.
            <Fragment key={at}>
              {at > 0 && (
                <>
                  :<wbr />
                </>
              )}
              {part}
            </Fragment>
          ))}
        </code>
      </div>
      <Press
        data-testid={`${testId}-copy`}
        aria-label={`${text(isCopied ? "copied" : "copy")} ${label}`}
        onClick={() => setCopied(copyText(value) ? value : null)}
      >
        {isCopied ? <IconCheck size={20} aria-hidden /> : <IconCopy size={20} aria-hidden />}
        {text(isCopied ? "copied" : "copy")}
      </Press>
    </div>
  );
}

/** As a person's Ctrl+C: the page has no permission of its own for the clipboard, and needs none. */
function copyText(text: string): boolean {
  const give = (event: ClipboardEvent): void => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", give, { once: true });
  const isDone = document.execCommand("copy");
  document.removeEventListener("copy", give);
  return isDone;
}
