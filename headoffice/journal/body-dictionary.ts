/**
 * What the bodies of most entries have in common, as tills write them: names in their order, between values that come often.
 * Deflate takes from the end of it at the least cost, so what every sale has stands last. Never changed: bodies that were packed
 * with it cannot be read with another (packed-bodies.ts).
 */
export const bodyDictionary = [
  '{"refundId":"","requestedAt":"","requestedBy":"","approvedBy":null,"reason":"","status":"SUCCESS","refundFen":',
  '{"attempt":{"attemptId":"","outTradeNo":"","saleId":"","saleNumber":"","terminalId":"","shiftId":"","amountFen":',
  ',"method":"native","state":"paid","createdAt":"","openedAt":"","settledAt":"","transactionId":"4200","payerTotalFen":',
  ',"bankType":"","payerOpenid":"","promotion":[]}},"discount":{"kind":"percent","basisPoints":,"reason":"","by":""}',
  ',"weighing":{"by":"scale","grossGrams":,"tareGrams":0},"source":"weighed-label","unit":"kg","source":"search","source":"key"',
  ',"isMember":true,"member":{"memberId":"","earned":,"spent":0,"spentFen":0,"balance":},"promotions":[],"carried":[]',
  ',"tenders":[{"kind":"static-code","kind":"wechat","tenderId":"","amountFen":,"method":"codepay","outTradeNo":"S01T01',
  '","transactionId":"420000","payerTotalFen":}],"changeFen":0,"promotionFen":0,"taxes":[{"basisPoints":600,"amountFen":',
  '{"saleId":"01","saleNumber":"T01-0000","terminalId":"T01","shiftId":"01","cashierId":"","cashierName":"","completedAt":"20',
  'T1:0+08:00","businessDate":"20-0-","lines":[{"id":"-1","sku":"","nameZh":"","nameEn":" no.  500ml","categoryId":"',
  '","taxClass":"general","barcode":null,"source":"scan","unit":"piece","unitPriceFen":,"quantity":2000,"labelAmountFen":null,',
  '"discount":null,"lineNumber":1,"grossFen":,"discountFen":0,"saleDiscountShareFen":0,"roundingShareFen":0,"netFen":',
  ',"promotionFen":0,"amountRule":"half-up","taxBasisPoints":900,"taxFen":},{"id":"-2","sku":"","nameZh":"","nameEn":"',
  '","categoryId":"","taxClass":"reduced","taxClass":"standard","barcode":"69","source":"scan","unit":"piece","unitPriceFen":',
  ',"quantity":1000,"labelAmountFen":null,"discount":null,"lineNumber":2,"grossFen":,"discountFen":0,"saleDiscountShareFen":0,',
  '"roundingShareFen":0,"netFen":,"promotionFen":0,"amountRule":"half-up","taxBasisPoints":1300,"taxFen":}],"pieceCount":',
  ',"grossFen":,"lineDiscountFen":0,"saleDiscountFen":0,"rounding":"none","roundingFen":0,"totalFen":,"tenders":[{"kind":"cash",',
  '"tenderId":"","amountFen":,"receivedFen":,"changeFen":}],"changeFen":,"promotionFen":0,"taxes":[{"basisPoints":1300,"amountFen":',
  ',"taxFen":},{"basisPoints":900,"amountFen":,"taxFen":}]}',
].join("");
