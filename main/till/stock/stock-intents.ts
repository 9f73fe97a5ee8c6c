import { bookTake, printTake, readDifferences } from "./booking-takes.ts";
import { beginTake, countItem, dropTake, readNotCounted, readTake, readTakes } from "./counting.ts";
import * as levels from "./levels.ts";
import { exportLowStock, printLowStock } from "./low-stock.ts";
import * as receiving from "./receiving.ts";
import { repairStock } from "./recounting-stock.ts";
import { sellShortStock } from "./selling-short.ts";
import { listen, unlisten } from "./stock-scans.ts";

/** What came in, what was counted, how much there is; each asks its own right. */
export const stockIntents = {
  "stock-page": { needs: "signed-in", run: levels.readStockPage },
  "stock-item": { needs: "signed-in", run: levels.readStockItem },
  "stock-moves": { needs: "signed-in", run: levels.readStockMoves },
  "set-stock-item": { needs: "signed-in", run: levels.setStockItem },
  "correct-stock": { needs: "signed-in", run: levels.correctStock },
  "save-stock-policy": { needs: "signed-in", run: levels.saveStockPolicy },
  "repair-stock": { needs: "signed-in", run: repairStock },
  "print-low-stock": { needs: "signed-in", run: printLowStock },
  "export-low-stock": { needs: "signed-in", run: exportLowStock },
  "sell-short-stock": { needs: "signed-in", run: sellShortStock },
  "stock-listen": { needs: "signed-in", run: listen },
  "stock-unlisten": { needs: "signed-in", run: unlisten },
  receipts: { needs: "signed-in", run: receiving.readReceipts },
  receipt: { needs: "signed-in", run: receiving.readReceipt },
  "begin-receipt": { needs: "signed-in", run: receiving.beginReceipt },
  "head-receipt": { needs: "signed-in", run: receiving.headReceipt },
  "add-to-receipt": { needs: "signed-in", run: receiving.addToReceipt },
  "set-receipt-line": { needs: "signed-in", run: receiving.setReceiptLine },
  "drop-receipt": { needs: "signed-in", run: receiving.dropReceipt },
  "book-receipt": { needs: "signed-in", run: receiving.bookReceipt },
  "reverse-receipt": { needs: "signed-in", run: receiving.reverseReceipt },
  "print-receipt": { needs: "signed-in", run: receiving.printReceipt },
  takes: { needs: "signed-in", run: readTakes },
  take: { needs: "signed-in", run: readTake },
  "begin-take": { needs: "signed-in", run: beginTake },
  "count-item": { needs: "signed-in", run: countItem },
  "take-differences": { needs: "signed-in", run: readDifferences },
  "take-not-counted": { needs: "signed-in", run: readNotCounted },
  "drop-take": { needs: "signed-in", run: dropTake },
  "book-take": { needs: "signed-in", run: bookTake },
  "print-take": { needs: "signed-in", run: printTake },
} as const;
