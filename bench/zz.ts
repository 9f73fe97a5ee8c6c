import Database from "better-sqlite3";
import { mkdtempSync } from "node:fs";
import { openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { readPage } from "#main/catalog-writer/read-page.ts";
const cpu=()=>{const c=process.cpuUsage();return (c.user+c.system)/1000};
const db = new Database("/tmp/fx/og/office/office.db",{readonly:true});
const rows = db.prepare("SELECT kind,id,rev,value FROM feed_rows WHERE scope='catalog' AND kind='item' ORDER BY rev").all() as any[];
const d = mkdtempSync("/tmp/fx/cat-");
const s = openCatalogStore({path:d+"/c.db"}); if(!s.ok) throw 1;
const head = rows.at(-1).rev; let after=0; let tr=0,ta=0,n=0; const N=Number(process.argv[2]??10000);
for (let i=0;i<N;i+=1000){ const some=rows.slice(i,i+1000).map(r=>({...r,value:JSON.parse(r.value)}));
 const json = Buffer.from(JSON.stringify({scope:"catalog",rows:some,through:some.at(-1).rev,head,liveCount:rows.length}));
 let t=cpu(); const p = await readPage({after,json}); if(i>=2000) tr+=cpu()-t; if(!p.ok) throw new Error(p.fault);
 t=cpu(); await s.value.feed.apply(p.value.rows,p.value.through); if(i>=2000){ ta+=cpu()-t; n+=1000;} after=p.value.through; }
console.log("read us/row",(tr*1000/n).toFixed(1),"apply us/row",(ta*1000/n).toFixed(1));
