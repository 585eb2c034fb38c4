#include "mail/layout.hpp"

#include "ui/template/template.hpp"

namespace host::mail {
namespace {

constexpr std::string_view kStyle =
    "body{margin:0;padding:0;background:#f4f6fa;color:#1d273b;font:16px/1.5 -apple-system,\"Segoe UI\",Roboto,Arial,sans-serif}"
    ".sheet{max-width:600px;margin:0 auto;padding:24px 16px}"
    ".card{background:#fff;border:1px solid #dce1e7;border-radius:6px;padding:24px;overflow-wrap:anywhere}"
    "a{color:#0054a6}table{border-collapse:collapse}th,td{border:1px solid #dce1e7;padding:4px 8px;text-align:left}"
    "pre{white-space:pre-wrap}blockquote{margin:0;padding-left:12px;border-left:3px solid #dce1e7}"
    "@media (max-width:480px){.sheet{padding:0}.card{border:0;border-radius:0;padding:16px}}";

}  // namespace

std::string lay_out(std::string_view html_content, std::string_view title, std::string_view language) {
    std::string out = "<!doctype html>\n<html lang=\"";
    ui::escape_text(language, out);
    out += "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>";
    ui::escape_text(title, out);
    out.append("</title>\n<style>").append(kStyle).append("</style>\n</head>\n<body>\n<div class=\"sheet\"><div class=\"card\">\n");
    return out.append(html_content).append("</div></div>\n</body>\n</html>\n");
}

}  // namespace host::mail
