#include <guichet/sdk/plugin.hpp>

namespace {

using guichet::Ctx;
using guichet::Request;

class @CLASS@ {
public:
    explicit @CLASS@(Ctx) {}

    void bind(guichet::Binder& b) {
        b.route<&@CLASS@::list>("list");
        b.route<&@CLASS@::add>("add");
    }

private:
    void list(Ctx ctx, Request request) { show(ctx, request, {}, guichet::Problems{ctx}); }

    void add(Ctx ctx, Request request) {
        const auto text = guichet::one_line(request.form("text").value_or(""));
        guichet::Problems problems{ctx};
        if (text.empty() || guichet::count_characters(text) > 200) problems.add("text", ctx.tr("A note has 1 to 200 characters."));
        if (problems) return show(ctx, request, text, problems);
        ctx.exec("insert into note (text) values ($1)", text);
        request.redirect("/@PATH@");
    }

    static void show(Ctx ctx, Request request, std::string_view text, const guichet::Problems& problems) {
        auto data = ctx.object();
        data.set("title", ctx.tr("@NAME@"));
        data.set("text", text);
        data.set("errors", problems.by_field());
        data.set("notes", ctx.exec("select text, created_at from note order by id desc limit 100").value());
        if (problems) request.status(422);
        request.page("list.html", data);
    }
};

}  // namespace

GUICHET_PLUGIN(@CLASS@, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
