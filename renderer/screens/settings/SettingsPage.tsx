import "./settings.css";
import { IconArrowLeft, IconBrandWechat } from "@tabler/icons-react";
import { Press } from "../../parts/Press.tsx";
import { NoticeStrip } from "../notices/NoticeStrip.tsx";
import { useSettingsText } from "./settings-texts.ts";
import { WechatPage } from "./WechatPage.tsx";

/** The manager's settings: a list on the left, one concern a page. Main checks the role of whoever looks. */
export function SettingsPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useSettingsText();
  return (
    <div className="settings" data-testid="settings">
      <header className="settings-bar">
        <Press data-testid="settings-leave" onClick={onLeave}>
          <IconArrowLeft size={22} aria-hidden />
          {text("back")}
        </Press>
        <h1>{text("title")}</h1>
      </header>
      <div className="settings-body">
        <nav className="settings-list" aria-label={text("pages")}>
          <Press aria-current="page">
            <IconBrandWechat size={24} className="settings-wechat-mark" aria-hidden />
            {text("page.wechat")}
          </Press>
        </nav>
        <div className="settings-page">
          <NoticeStrip />
          <WechatPage onLeave={onLeave} />
        </div>
      </div>
    </div>
  );
}
