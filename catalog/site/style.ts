/** Two halves of a deed, cut apart along a wavy line. */
const LOGO =
  'M2 2h12v5.2c-1.5 0-1.5 1.6-3 1.6S9.5 7.2 8 7.2 6.5 8.8 5 8.8 3.5 7.2 2 7.2zM2 9.6c1.5 0 1.5 1.6 3 1.6s1.5-1.6 3-1.6 1.5 1.6 3 1.6 1.5-1.6 3-1.6V14H2z';

/** How the site looks: one style sheet, light and dark by the system's wish, from a phone to a wide screen and on paper. */
export const STYLE = `:root{color-scheme:light dark;
--bg:#fff;--soft:#f6f7f9;--line:#e4e7ec;--line-2:#cfd5de;--text:#1b2330;--dim:#586274;--link:#2f54c4;--accent:#2f54c4;
--red:#b3261e;--red-bg:#fdecea;--amber:#855300;--amber-bg:#fdf3dc;--green:#1c6b3c;--green-bg:#e6f4ea;--violet:#6941a5;--violet-bg:#f1eafb;
--event:#0b6e75;--command:#8a4b08;--outside:#6941a5;--mark:#ffe08a;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
--mono:ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
@media(prefers-color-scheme:dark){:root{
--bg:#10141b;--soft:#181e27;--line:#262e3a;--line-2:#3a4554;--text:#e4e8ef;--dim:#9aa5b6;--link:#93b0ff;--accent:#93b0ff;
--red:#ff9c93;--red-bg:#3a1c1b;--amber:#f2c063;--amber-bg:#33270f;--green:#83d3a0;--green-bg:#15301f;--violet:#c8a9ff;--violet-bg:#2a2140;
--event:#6cc7cf;--command:#e5ae6e;--outside:#c8a9ff;--mark:#6b5310}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:72px}
body{margin:0;background:var(--bg);color:var(--text);font:15px/1.55 var(--sans);overflow-wrap:break-word}
a{color:var(--link);text-decoration:none}
a:hover{text-decoration:underline}
main p a,main dd a,main td a,.step a,.talks a,.told a,.notice a{text-decoration:underline;text-decoration-color:var(--line-2);text-underline-offset:3px}
main p a:hover,main dd a:hover,main td a:hover,.step a:hover{text-decoration-color:currentColor}
small{font-size:12px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
h1,h2,h3{line-height:1.25;letter-spacing:-.012em;font-weight:650;margin:0}
h1{font-size:30px;margin-bottom:10px;overflow-wrap:anywhere}
h2{font-size:20px}
h2>a{color:inherit}
h3{font-size:15px;margin:22px 0 8px}
p,ul,ol,dl{margin:0 0 12px}
code,pre,.mono{font-family:var(--mono);font-size:13px}
h1.mono{font-size:24px}
code{overflow-wrap:anywhere}
td code,.fields p code,.told code,.prose code,.lead code,li>code,p>code{background:var(--soft);border-radius:4px;padding:1px 4px}
small code,.wire code,.crumbs code,dd code,th code,a>code,.source code{background:none;padding:0}
.skip{position:absolute;left:-9999px}
.skip:focus{left:8px;top:8px;background:var(--bg);padding:8px 12px;z-index:20}

.top{position:sticky;top:0;z-index:10;display:flex;align-items:center;gap:20px;height:56px;padding:0 24px;background:var(--bg);border-bottom:1px solid var(--line)}
.brand{display:flex;align-items:center;gap:9px;color:var(--text);font-weight:650;letter-spacing:-.01em;white-space:nowrap}
.brand::before{content:"";flex:none;width:20px;height:20px;background:var(--accent);mask:url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><path d='${LOGO}'/></svg>") center/contain no-repeat}
.brand:hover{text-decoration:none}
.find{flex:0 1 260px;display:flex;justify-content:space-between;align-items:center;height:34px;padding:0 10px;border:1px solid var(--line-2);border-radius:8px;color:var(--dim);background:var(--soft)}
.find:hover{text-decoration:none;border-color:var(--accent)}
kbd{font:12px var(--mono);border:1px solid var(--line-2);border-radius:4px;padding:0 5px;background:var(--bg)}
.top nav{display:flex;gap:2px;margin-left:auto}
.top nav a{color:var(--dim);padding:6px 10px;border-radius:6px;font-size:14px}
.top nav a:hover{color:var(--text);text-decoration:none;background:var(--soft)}
.top nav a[aria-current]{color:var(--text);font-weight:600}
#menu{position:absolute;opacity:0;width:1px;height:1px}
#menu+label{display:none}

.page{max-width:1440px;margin:0 auto;padding:32px 24px 80px;display:grid;grid-template-columns:minmax(0,1fr);gap:0 48px;justify-content:center}
.page:not(.has-side):not(.has-aside){max-width:1080px}
main{min-width:0}
.crumbs{color:var(--dim);font-size:14px;margin:0 0 8px}
.version,.count{color:var(--dim);font-weight:400;font-size:.68em;letter-spacing:0}
.wire{display:flex;flex-wrap:wrap;align-items:center;gap:6px 12px;margin:10px 0 14px}
.wire code{font-size:15px;overflow-wrap:anywhere}
.lead{font-size:17px;line-height:1.5;margin:12px 0 18px;max-width:44em}
.lead p{margin:0}
.prose{max-width:44em}
section{margin-top:40px;scroll-margin-top:72px}
section>h2{margin-bottom:14px}
section>h2>a:hover{text-decoration:none}
section>h2>a:hover::after{content:" #";color:var(--dim)}
.dim{color:var(--dim)}
.kind{font-size:12px;font-weight:600;color:var(--event);display:inline-flex;align-items:center;gap:6px;white-space:nowrap}
.kind::before{content:"";width:7px;height:7px;border-radius:50%;background:currentColor}
.kind.command{color:var(--command)}
.kind.command::before{border-radius:1px}
.kind.integration-event{color:var(--outside)}
.mark,.verdict{display:inline-block;font-size:12px;font-weight:600;line-height:18px;padding:1px 7px;border-radius:9px;background:var(--soft);color:var(--dim);white-space:nowrap}
.bad,.verdict.breaking{background:var(--red-bg);color:var(--red)}
.warn,.verdict.warning{background:var(--amber-bg);color:var(--amber)}
.verdict.undecided{background:var(--violet-bg);color:var(--violet)}
.verdict.safe{background:var(--green-bg);color:var(--green)}
h3 .verdict{margin-left:6px;vertical-align:1px}
.notice{border-left:3px solid var(--line-2);background:var(--soft);padding:10px 14px;border-radius:0 6px 6px 0;max-width:48em}
.notice p,.notice ul{margin:0}.notice ul{padding-left:20px}
.notice.bad{border-color:var(--red);color:var(--text)}

.facts{display:flex;flex-wrap:wrap;gap:1px;border:1px solid var(--line);border-radius:10px;overflow:hidden;margin:20px 0 0}
.facts>div{flex:1 1 260px;padding:10px 14px;box-shadow:0 0 0 1px var(--line)}
dt{font-size:12px;font-weight:600;color:var(--dim)}
dd{margin:2px 0 0;overflow-wrap:anywhere}

table{width:100%;border-collapse:collapse;font-size:14px}
th{text-align:left;font-size:12px;font-weight:600;color:var(--dim);padding:0 16px 6px 0;border-bottom:1px solid var(--line-2);vertical-align:bottom}
td{padding:9px 16px 9px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
td:last-child,th:last-child{padding-right:0}
td:first-child{min-width:150px}
td small{display:block;color:var(--dim);margin-top:1px}
td small code{font-size:12px}
ul.plain{list-style:none;padding:0}
ul.plain li{padding:4px 0}

.fields{list-style:none;padding:0;margin:0;border-top:1px solid var(--line)}
.fields>li{padding:10px 0;border-bottom:1px solid var(--line)}
.fields>li>code{font-weight:600;background:none;padding:0}
.fields i,.type{color:var(--dim);font-size:13px;font-style:normal}
.fields>li>b{color:var(--amber);font-size:12px;font-weight:600}
.fields>li>p{margin:2px 0 0}
.told{margin-top:2px}
.asks{color:var(--dim);font-size:13px;margin-top:2px}
.asks code{background:var(--soft);border-radius:4px;padding:0 4px;font-size:12px}
.fields details{margin-top:8px;border:1px solid var(--line);border-radius:8px;padding:0 14px}
.fields details>summary{padding:6px 0}
.fields details .fields>li:last-child{border-bottom:0}
.envelope{padding:12px 0;border-bottom:1px solid var(--line)}
.envelope summary code{font-size:12.5px}
.group{border-bottom:1px solid var(--line);padding:9px 0}
.group summary{font-size:15px;font-weight:600;color:var(--text)}
.group table{margin:10px 0 6px}
.variants{margin-top:8px}
summary{cursor:pointer;color:var(--dim);font-size:14px}
summary:hover{color:var(--text)}
.schema{margin-top:16px}

pre.code{background:var(--soft);border:1px solid var(--line);border-radius:8px;padding:12px 14px;margin:8px 0;overflow:auto;max-height:520px;line-height:1.5;font-size:12.5px;position:relative}
pre.code{white-space:pre-wrap;overflow-wrap:anywhere}
pre code{font-size:inherit;background:none;padding:0}
mark{background:var(--mark);color:inherit;border-radius:3px;padding:0 2px}
mark.gap{font-style:italic}
.aside h2.quiet{font-size:12px;font-weight:600;color:var(--dim);letter-spacing:0}
.aside h3{font-size:14px;margin:12px 0 4px;font-weight:600}
.aside details{border-top:1px solid var(--line);padding:10px 0}
.aside details summary{color:var(--text);font-weight:600}
.aside details p{margin:8px 0 4px;font-size:13px}

.change{border:1px solid var(--line);border-radius:10px;padding:4px 16px;margin:16px 0}
.change h3{margin:12px 0}
.findings{list-style:none;padding:0;margin:0 0 12px}
.findings>li{padding:8px 0;border-top:1px solid var(--line)}
.what{display:flex;gap:10px;align-items:baseline}
.what .verdict{flex:none}
.witness{margin:6px 0 0}
.fix{margin-top:6px}

.side{font-size:14px;display:none}
.side h2{font-size:12px;color:var(--dim);letter-spacing:0;margin:0 0 8px}
.side ul{list-style:none;padding:0;margin:0 0 14px}
.side ul ul{padding-left:12px;margin:0}
.side li a{display:block;padding:4px 10px;margin-left:-10px;border-radius:6px;color:var(--dim)}
.side li a:hover{color:var(--text);background:var(--soft);text-decoration:none}
.side li a[aria-current]{color:var(--text);font-weight:600;background:var(--soft)}
.source{margin-top:48px;padding-top:12px;border-top:1px solid var(--line);color:var(--dim);font-size:13px}

.home{text-align:center;padding:40px 0 8px}
.home h1{font-size:38px}
.home .lead{margin:12px auto 24px;color:var(--dim)}
.big-find{max-width:600px;margin:0 auto}
input[type=search]{width:100%;height:48px;padding:0 16px;font:16px var(--sans);color:var(--text);background:var(--bg);border:1px solid var(--line-2);border-radius:10px;box-shadow:0 1px 2px rgba(16,24,40,.05)}
input[type=search]:focus{outline:2px solid var(--accent);outline-offset:-1px}
.cards{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(250px,1fr));gap:12px}
.cards li{border:1px solid var(--line);border-radius:10px;padding:14px 16px;position:relative}
.cards li:hover{border-color:var(--line-2)}
.cards p{margin:2px 0 0;font-size:13.5px}
.cards a::after{content:"";position:absolute;inset:0}

.map{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,.8fr) minmax(0,1fr);align-items:center;font-size:14px;max-width:960px}
.map ul{list-style:none;margin:0;padding:0}
.map li{position:relative;padding:4px 28px 4px 0}
.map .after li{padding:4px 0 4px 28px}
.map ul ul{margin:4px 0 0}
.map .before ul{margin-right:-4px}
.map a,.map b{display:block;border:1px solid var(--line-2);border-radius:8px;padding:6px 46px 6px 12px;background:var(--bg);color:var(--text);font-weight:400;overflow-wrap:anywhere}
.map a:hover{border-color:var(--accent);text-decoration:none}
.map small{display:block;color:var(--dim);font-size:12px}
.map button{position:absolute;top:9px;right:33px;min-width:30px;height:24px;border:0;border-radius:6px;background:var(--soft);color:var(--dim);font:12px var(--sans);cursor:pointer}
.map .after button{right:5px}
.map button:hover{color:var(--text);background:var(--line)}
.map .more{color:var(--dim);font-size:13px}
.map .middle{padding:0 28px;position:relative}
.map .middle b{border:2px solid var(--accent);font-weight:600;padding:8px 12px;text-align:center}
.map li::before,.map li::after{content:"";position:absolute;border:0 solid var(--line-2)}
.map .before li::after{right:14px;width:14px;top:22px;border-top-width:1px}
.map .before li::before{right:14px;top:0;bottom:0;border-right-width:1px}
.map .after li::after{left:14px;width:14px;top:22px;border-top-width:1px}
.map .after li::before{left:14px;top:0;bottom:0;border-left-width:1px}
.map li:first-child::before{top:22px!important}
.map li:last-child::before{bottom:calc(100% - 23px)!important}
.map .more::after{display:none}
.map .before:not(:empty)+.middle::before,.map .middle:has(+.after:not(:empty))::after{content:"";position:absolute;top:50%;width:42px;border-top:1px solid var(--line-2)}
.map .before:not(:empty)+.middle::before{left:-14px}
.map .middle:has(+.after:not(:empty))::after{right:-14px}

.matrix{width:auto;margin-bottom:12px}
.matrix caption{text-align:left;color:var(--dim);font-size:13px;padding-bottom:8px}
.matrix th,.matrix td{border:1px solid var(--line);padding:4px}
.matrix td{min-width:34px;width:34px;height:34px;text-align:center;vertical-align:middle;padding:0}
.matrix thead td{border:0}
.matrix thead th{height:150px;vertical-align:bottom;border-top:0;border-left:0;border-right:0}
.matrix thead th span{writing-mode:vertical-rl;transform:rotate(180deg);max-height:150px}
.matrix tbody th{font-weight:400;font-size:13px;padding:4px 10px 4px 0;border-left:0;white-space:nowrap}
.matrix .full{background:color-mix(in srgb,var(--accent) 16%,var(--bg));font-weight:600}
.matrix .self{background:var(--soft)}
.talks,.talks ul{padding-left:18px}
.terms>div{padding:10px 0;border-bottom:1px solid var(--line)}
.terms dt{font-size:15px;color:var(--text)}
.terms dt .type{font-weight:400}

.lanes{--w:calc(100%/var(--lanes));position:relative}
.lanes .heads{display:flex;position:sticky;top:56px;background:var(--bg);z-index:2;border-bottom:1px solid var(--line-2)}
.lanes .heads div{width:var(--w);text-align:center;font-size:13px;font-weight:600;padding:10px 6px;display:flex;align-items:end;justify-content:center;overflow-wrap:anywhere}
.lanes .heads a{color:var(--text)}
.lanes ol{list-style:none;padding:12px 0;margin:0;background:repeating-linear-gradient(90deg,transparent 0,transparent calc(100%/var(--lanes)/2 - .5px),var(--line-2) calc(100%/var(--lanes)/2 - .5px),var(--line-2) calc(100%/var(--lanes)/2 + .5px),transparent calc(100%/var(--lanes)/2 + .5px),transparent calc(100%/var(--lanes)))}
.lanes li{position:relative;padding:5px 0;scroll-margin-top:120px}
.step{position:relative;width:min(max(var(--w),230px),100%);margin-left:clamp(0px,calc(var(--w)*(var(--lane) + .5) - max(var(--w),230px)/2),calc(100% - max(var(--w),230px)));background:var(--bg);border:1px solid var(--line-2);border-radius:8px;padding:7px 11px;font-size:13px;line-height:1.45}
.lanes .send .step{border-left:3px solid var(--event)}
.lanes li:target .step{outline:2px solid var(--accent)}
.step>i{font-style:normal;color:var(--dim);font-size:12px;margin-right:6px}
.step .told{display:block;color:var(--dim);margin:0}
.step .after{display:block;color:var(--dim);font-size:12px}
.branch .step{border-style:dashed;border-color:var(--red);background:var(--red-bg)}
.lanes li[style*="--from"]::before{content:"";position:absolute;left:calc(var(--w)*(min(var(--from),var(--lane)) + .5));width:calc(var(--w)*max(var(--from) - var(--lane),var(--lane) - var(--from)));top:50%;border-top:1.5px dashed var(--dim)}

.copyable{position:relative}
.copy{position:absolute;top:8px;right:8px;font:12px var(--sans);padding:3px 9px;border:1px solid var(--line-2);border-radius:6px;background:var(--bg);color:var(--text);cursor:pointer;opacity:0}
.copyable:hover .copy,.copy:focus{opacity:1}
@media(hover:none){.copy{opacity:1}kbd,.key{display:none}}
@media(hover:hover){.touch{display:none}}
select,#compare button{font:14px var(--sans);height:34px;padding:0 8px;border:1px solid var(--line-2);border-radius:8px;background:var(--bg);color:var(--text);max-width:100%}
#filters{display:flex;flex-wrap:wrap;gap:10px;margin:16px 0 0}
#filters input{height:34px;max-width:320px;font-size:14px;border-radius:8px}
#compare{margin:0 0 20px}
dialog.search{width:min(720px,calc(100vw - 24px));max-width:none;margin:8vh auto auto;max-height:84vh;padding:0;border:1px solid var(--line-2);border-radius:14px;background:var(--bg);color:var(--text);box-shadow:0 20px 60px rgba(10,14,22,.35);overflow:hidden}
dialog.search[open]{display:flex;flex-direction:column}
dialog.search::backdrop{background:rgba(10,14,22,.45)}
dialog.search form{display:flex;align-items:center;border-bottom:1px solid var(--line);padding-right:12px}
dialog.search form input{border:0;box-shadow:none;border-radius:0;height:54px;outline-offset:-3px}
dialog.search form button{font:12px var(--mono);border:1px solid var(--line-2);border-radius:5px;background:var(--soft);color:var(--dim);padding:2px 7px;cursor:pointer}
.facets{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:center;padding:10px 16px;font-size:13px;color:var(--dim);border-bottom:1px solid var(--line)}
.facets select{height:30px;font-size:13px;max-width:180px}
.facets label{display:flex;gap:5px;align-items:center}
dialog.search .count{margin:8px 16px 4px;font-size:12px}
.found{list-style:none;margin:0;padding:0 8px 10px;overflow:auto}
.found a{display:flex;flex-wrap:wrap;gap:1px 10px;align-items:baseline;padding:8px;border-radius:8px;color:var(--text)}
.found a:hover,.found a:focus{background:var(--soft);text-decoration:none;outline:none;box-shadow:inset 2px 0 var(--accent)}
.found .dim{font-size:13px}
.found code{flex-basis:100%;color:var(--dim);font-size:12px}
.found .told{flex-basis:100%;font-size:13px;color:var(--dim);margin:0}
@media(max-width:1100px){
.top{gap:12px;flex-wrap:wrap;height:auto;min-height:56px;padding:8px 16px}
.find{flex:1 1 120px}
.top nav{display:none;flex-basis:100%;flex-wrap:wrap;margin:0 0 4px}
#menu+label{display:block;padding:6px 10px;border:1px solid var(--line-2);border-radius:8px;font-size:14px;cursor:pointer}
#menu:focus-visible+label{outline:2px solid var(--accent)}
#menu:checked~nav{display:flex}
.brand{max-width:60vw;white-space:normal}
}
@media(min-width:1000px){.has-side{grid-template-columns:200px minmax(0,1fr)}.has-side .side{display:block;position:sticky;top:88px;align-self:start;max-height:calc(100vh - 110px);overflow:auto;padding-left:10px}}
@media(min-width:1240px){
.has-aside{grid-template-columns:minmax(0,1fr) 400px}
.has-side.has-aside{grid-template-columns:190px minmax(0,1fr) 400px;gap:0 40px}
.has-aside .aside{position:sticky;top:72px;align-self:start;max-height:calc(100vh - 90px);overflow:auto;padding-right:2px}}
@media(min-width:1000px) and (max-width:1239px){.has-side .aside{grid-column:2}}
.jump{display:flex;flex-wrap:wrap;gap:2px 16px;margin-bottom:16px;padding-bottom:8px;border-bottom:1px solid var(--line);font-size:14px}
.jump a{padding:3px 0}
@media(min-width:1240px){.jump .below{display:none}}
@media(max-width:999px){.aside{margin-top:32px}}
@media(max-width:720px){
body{font-size:16px}
.page{padding:20px 16px 60px}
h1{font-size:25px}
.home{padding:16px 0 0}
.home h1{font-size:28px}
table:not(.matrix),table:not(.matrix) tbody,table:not(.matrix) tr,table:not(.matrix) td{display:block}
table:not(.matrix) thead{position:absolute;left:-9999px}
table:not(.matrix) tr{border-bottom:1px solid var(--line);padding:10px 0}
table:not(.matrix) td{border:0;padding:2px 0}
table:not(.matrix) td:empty{display:none}
table:not(.matrix) td:not(:first-child)::before{content:attr(data-th) ": ";color:var(--dim);font-size:13px}
table:not(.matrix) td:not([data-th])::before{content:""!important}
.matrix{display:none}
.map{grid-template-columns:1fr;gap:10px}
.map li,.map .after li{padding:3px 0}
.map .middle{padding:0}
.map li::after,.map li::before,.map .middle::before,.map .middle::after{display:none!important}
.map ul ul{padding-left:14px}
.map .before button,.map .after button{right:5px}
.map>ul::before{content:attr(aria-label);font-size:12px;color:var(--dim)}
.what{display:block}
}
@media(min-width:721px){.lanes li:not(.branch) .step>b{display:none}}
@media(max-width:720px){
.lanes .heads,.lanes li::before{display:none!important}
.lanes ol{background:none}
.step{width:auto;margin-left:0;font-size:15px}
.step .told{font-size:14px}
}
@media print{.copy,dialog{display:none!important}.top,.side,.skip,.jump{display:none}.page{display:block;max-width:none;padding:0}pre.code{max-height:none;white-space:pre-wrap}details>*{display:block}a{color:inherit}section{break-inside:avoid-page}}
`;

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="${LOGO}" fill="#2f54c4"/></svg>
`;
