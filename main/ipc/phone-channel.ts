import { ipcMain, type IpcMainInvokeEvent, type WebContents } from "electron";
import { brandRequest, type PaySheet } from "#contract/bench/phone.ts";
import { phoneAskChannel, phonePayChannel } from "#contract/ipc/channels.ts";

type Request = Readonly<Record<string, string>>;

/** What a page in the phone may ask for; `page` is the address it stands at. */
export interface PhoneDoor {
  readonly ask: (request: Request, page: string) => Promise<PaySheet | null>;
  readonly pay: (request: Request, page: string, accept: boolean) => Promise<boolean>;
}

/** Demo mode only: the phone's own window asks for money, in the name of the page it shows, and nothing else. */
export function registerPhone(phoneContents: () => WebContents | null, door: PhoneDoor): void {
  ipcMain.handle(phoneAskChannel, async (event, request: unknown): Promise<PaySheet | null> => {
    const page = pageOf(event, phoneContents());
    const said = brandRequest.safeParse(request);
    return page !== null && said.success ? door.ask(said.data, page) : null;
  });
  ipcMain.handle(phonePayChannel, async (event, request: unknown, accept: unknown): Promise<boolean> => {
    const page = pageOf(event, phoneContents());
    const said = brandRequest.safeParse(request);
    return page !== null && said.success ? door.pay(said.data, page, accept === true) : false;
  });
}

/** Null for whoever is not the phone's main frame. */
function pageOf({ sender, senderFrame: frame }: IpcMainInvokeEvent, phone: WebContents | null): string | null {
  return phone !== null && sender === phone && frame !== null && frame === phone.mainFrame ? frame.url : null;
}
