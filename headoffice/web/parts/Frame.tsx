import { Button } from "@mantine/core";
import {
  IconBuildingStore,
  IconClipboardCheck,
  IconLogout,
  IconPackage,
  IconReceipt,
  IconUsers,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { send } from "../api-client.ts";
import { usePlace } from "../place.ts";
import { useSession } from "../session.ts";
import { useWords, type TextKey } from "../texts.tsx";
import { LanguageSwitch } from "./LanguageSwitch.tsx";

interface Door {
  readonly path: string;
  readonly name: TextKey;
  readonly Icon: typeof IconReceipt;
  readonly isForAdmins?: boolean;
}

const doors: readonly Door[] = [
  { path: "", name: "nav.overview", Icon: IconBuildingStore },
  { path: "sales", name: "nav.sales", Icon: IconReceipt },
  { path: "catalogue", name: "nav.catalogue", Icon: IconPackage },
  { path: "reviews", name: "nav.reviews", Icon: IconClipboardCheck },
  { path: "people", name: "nav.people", Icon: IconUsers, isForAdmins: true },
];

/** The ways in: a column at the side of a desk, a bar at the thumb of a phone. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { text } = useWords();
  const session = useSession();
  const { parts } = usePlace();
  const here = parts[0] === "shops" ? "" : (parts[0] ?? "");
  const signOut = async () => {
    await send("DELETE", "/session");
    session.reload();
  };
  return (
    <div className="office-frame">
      <header className="office-top">
        <strong className="office-name">{session.officeName}</strong>
        <span className="office-top-label">{text("head-office")}</span>
        <span className="office-grow" />
        <LanguageSwitch />
        <a className="office-who" href="#/password" title={text("password.change-own")}>
          {session.name}
        </a>
        <Button
          aria-label={text("sign-out")}
          className="office-sign-out"
          leftSection={<IconLogout aria-hidden size={18} />}
          onClick={() => void signOut()}
          size="sm"
          variant="default"
        >
          {text("sign-out")}
        </Button>
      </header>
      <nav aria-label={text("nav.label")} className="office-nav">
        {doors
          .filter(({ isForAdmins }) => isForAdmins !== true || session.role === "admin")
          .map(({ path, name, Icon }) => (
            <a aria-current={path === here ? "page" : undefined} className="office-door" href={`#/${path}`} key={path}>
              <Icon aria-hidden size={22} />
              <span>{text(name)}</span>
            </a>
          ))}
      </nav>
      <main className="office-main">{children}</main>
    </div>
  );
}
