// A view as text: everything comes back to the last bit, and what is no view is told in one sentence.

#include <QTest>

#include <functional>
#include <nlohmann/json.hpp>

#include "engine/api/error.h"
#include "tests/engine/views/view_support.h"

using namespace alphascope;
using namespace alphascope::engine;
using nlohmann::ordered_json;

namespace {

/// "" when it is refused as bad input in a sentence that names the source and holds `part`.
std::string faultUnless(const std::string& text, const std::string& part) {
    try {
        viewFromJson(text, "view.json");
    } catch (const Error& error) {
        const std::string said = error.what();
        const bool right = error.kind() == ErrorKind::BadInput &&
                           said.find("view.json") != std::string::npos &&
                           said.find(part) != std::string::npos;
        return right ? std::string() : said;
    }
    return "it was taken";
}

std::string changed(const std::function<void(ordered_json&)>& change) {
    ordered_json root = ordered_json::parse(viewToJson(tests::fullView()));
    change(root);
    return root.dump();
}

} // namespace

class ViewTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBack() {
        const ViewDocument view = tests::fullView();
        const std::string text = viewToJson(view);
        QVERIFY(viewFromJson(text, "x") == view);
        QCOMPARE(viewToJson(viewFromJson(text, "x")), text);
        QVERIFY(std::all_of(text.begin(), text.end(), [](char c) { return c > 0; })); // a PNG can carry it
        QVERIFY(looksLikeView(" \n" + text));
        QVERIFY(!looksLikeView("alphascope-view"));
    }

    void aPictureNeedsNoPath() {
        ViewDocument view;
        view.model.latentSize = 2;
        view.at = ViewCode{{}, 7, 3, ""};
        QVERIFY(viewFromJson(viewToJson(view), "x") == view);
    }

    void whatIsNoViewIsRefused_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        const auto add = [](const char* name, const std::string& text, const char* said) {
            QTest::newRow(name) << QString::fromStdString(text) << QString::fromLatin1(said);
        };
        add("no JSON", "nonsense", "no JSON");
        add("a list", "[]", "object");
        add("too deep", std::string(5000, '[') + std::string(5000, ']'), "no JSON");
        const auto row = [&](const char* name, const char* said,
                             const std::function<void(ordered_json&)>& change) {
            add(name, changed(change), said);
        };
        row("another format", "format", [](ordered_json& v) { v["format"] = "x"; });
        row("of the future", "version", [](ordered_json& v) { v["version"] = 2; });
        row("no model", "model", [](ordered_json& v) { v.erase("model"); });
        row("a text for a number", "truncation", [](ordered_json& v) { v["truncation"] = "1"; });
        row("null for NaN", "code", [](ordered_json& v) { v["at"]["code"][1] = nullptr; });
        row("huge", "code", [](ordered_json& v) { v["at"]["code"][1] = 1e300; });
        row("an endless film", "frames", [](ordered_json& v) { v["frames"] = 1'000'000'000; });
        row("an unknown path", "path", [](ordered_json& v) { v["path"] = "bezier"; });
        row("a code too short", "2 numbers instead of 3", [](ordered_json& v) { v["at"]["code"].erase(0); });
        row("another latent size", "instead of 4", [](ordered_json& v) { v["model"]["latent_size"] = 4; });
        row("one keyframe", "keyframes", [](ordered_json& v) { v["keyframes"].erase(0); });
        row("a grid of two", "4 keyframes", [](ordered_json& v) { v["show"] = "grid"; });
        row("a negative seed", "seed", [](ordered_json& v) { v["keyframes"][1]["seed"] = -1; });
        row("a row far away", "row", [](ordered_json& v) { v["keyframes"][1]["row"] = 1'000'000'000; });
        row("a bent way", "ways", [](ordered_json& v) { v["ways"][0][1].erase(0); });
        row("a way of one point", "geodesic", [](ordered_json& v) { v["ways"][0] = {v["ways"][0][0]}; });
        row("ways of another path", "geodesics", [](ordered_json& v) { v["path"] = "slerp"; });
        row("a direction too long", "bold", [](ordered_json& v) {
            v["directions"][0]["vector"] = {1.0, 0.0, 0.0, 0.0};
        });
        row("a picture of nothing", "without a code", [](ordered_json& v) {
            v["show"] = "picture";
            v.erase("at");
        });
    }
    void whatIsNoViewIsRefused() {
        QFETCH(QString, text);
        QFETCH(QString, said);
        QCOMPARE(faultUnless(text.toStdString(), said.toStdString()), std::string());
    }

    void theHintIsSeenFromTheView() {
        const ViewDocument view = tests::fullView();
        QCOMPARE(viewCheckpoint(view, "/there/x.json"), "/there/" + view.model.path);
        ViewDocument absolute = view;
        absolute.model.path = "/run/a.safetensors";
        QCOMPARE(viewCheckpoint(absolute, "/there/x.json"), std::string("/run/a.safetensors"));
        absolute.model.path.clear();
        QVERIFY_EXCEPTION_THROWN(viewCheckpoint(absolute), Error);
    }
};

QTEST_GUILESS_MAIN(ViewTextTest)
#include "tst_view_text.moc"
