/**
 * Common characters that only simplified writing uses, each beside its traditional form. Characters that both writings know
 * (后, 里, 面, 系, 台, 只, 准, 复…) are left out.
 */
const pairs =
  '们們这這来來时時为為会會对對说說国國产產应應现現实實发發进進动動学學样樣种種边邊还還过過没沒个個样樣点點问問间間开開关關门門见見观觀视視觉覺规規则則员員买買卖賣货貨单單价價钱錢费費账賬赠贈购購销銷额額财財贵貴质質资資贴貼贷貸积積累累级級别別类類称稱户戶顾顧联聯络絡线線网網页頁题題颜顏须須领領频頻风風飞飛马馬驱驅验驗东東车車转轉轮輪软軟载載辑輯输輸辖轄达達迁遷运運近近远遠选選适適递遞逻邏邮郵释釋鉴鑑针針钟鐘铺鋪链鏈销銷锁鎖错錯键鍵长長闭閉队隊阶階际際陆陸险險随隨难難电電图圖团團园園圆圓块塊坏壞场場墙牆声聲处處备備头頭奖獎妇婦宝寶审審宽寬宾賓专專将將尔爾层層岁歲岛島币幣帅帥师師帐帳带帶帮幫广廣库庫归歸当當录錄忆憶态態总總恶惡悬懸惊驚愿願户戶扩擴扫掃抢搶护護报報担擔拥擁择擇挂掛损損换換据據数數断斷无無旧舊显顯晓曉暂暫术術机機权權条條极極构構标標栏欄树樹档檔检檢楼樓汇匯汉漢沟溝济濟浏瀏测測满滿滚滾潜潛灵靈烦煩热熱爱愛状狀独獨环環础礎确確离離稳穩签簽简簡篮籃红紅约約纪紀纯純纸紙组組细細终終经經结結给給统統继繼续續维維综綜编編缺缺缩縮罗羅职職聪聰脑腦艺藝节節苏蘇获獲营營蓝藍虑慮虚虛补補装裝褐褐让讓讨討训訓议議记記许許论論设設访訪证證评評识識诉訴词詞试試话話询詢该該详詳语語误誤请請读讀课課谁誰调調谈談谢謝负負责責败敗贡貢'

const letters = [...pairs]
const simplified = new Set(letters.filter((letter, index) => index % 2 === 0 && letter !== letters[index + 1]))
const traditional = new Set(letters.filter((letter, index) => index % 2 === 1 && letter !== letters[index - 1]))

/** The simplified characters of a text that shall be in traditional writing. */
export function simplifiedIn(text: string): string {
  return [...text].filter((letter) => simplified.has(letter)).join('')
}

/** The traditional characters of a text that shall be in simplified writing. */
export function traditionalIn(text: string): string {
  return [...text].filter((letter) => traditional.has(letter)).join('')
}

/** Words of the mainland in traditional writing: signs of a conversion instead of a translation. Beside each, Taiwan's word. */
export const mainlandWords: Readonly<Record<string, string>> = {
  信息: '資訊、訊息',
  默認: '預設',
  服務器: '伺服器',
  網絡: '網路',
  軟件: '軟體',
  登錄: '登入',
  用戶: '使用者',
  數據: '資料',
  導入: '匯入',
  導出: '匯出',
  搜索: '搜尋',
  郵箱: '電子郵件',
  短信: '簡訊',
  打印: '列印',
  保存: '儲存',
  文件夾: '資料夾',
  屏幕: '螢幕',
  鏈接: '連結',
  質量: '品質',
  字符: '字元',
  客戶: '顧客',
}
