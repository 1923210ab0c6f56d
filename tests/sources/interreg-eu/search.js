(()=>{"use strict";const a={mapsApiKey:"AIzaMapsKeyThatIsNoSearchKeyOfTheSite00",
algolia:{appId:"2E032DRCNS",apiKey:"0123456789abcdef0123456789abcdef",indexName:"prod_".concat(l,"_content")}};
const t=document.createElement("p");t.innerHTML="<html><body>no page, a script</body></html>"})();
