#include "app/drawing/stroke_font.h"

#include <algorithm>
#include <array>
#include <string>

namespace alphascope::app {

namespace {

// Each character: polylines separated by spaces, each a list of digit pairs x y. x grows right from 0 to 4, y
// grows down: 0 top of capitals, 2 top of small letters, 6 baseline, 8 descender.
constexpr double capitalHeight = 6.0;
constexpr double baseline = 6.0;
constexpr double gap = 1.8;
constexpr double wordSpace = 3.0;

struct Letter {
    char character;
    const char* strokes;
};

constexpr std::array letters{
    Letter{'0', "103041453616050110"},
    Letter{'1', "112026 1636"},
    Letter{'2', "01103041420646"},
    Letter{'3', "01103041423313 334445361605"},
    Letter{'4', "36300444"},
    Letter{'5', "40000333444536 1605 3616"},
    Letter{'6', "4130100105163645443303"},
    Letter{'7', "004016"},
    Letter{'8', "133342413010010213 13040516364544 3344"},
    Letter{'9', "0516364541301001021343"},
    Letter{'.', "1616"},
    Letter{',', "2617"},
    Letter{':', "2222 2626"},
    Letter{'-', "0333"},
    Letter{'+', "0343 2125"},
    Letter{'=', "0242 0444"},
    Letter{'/', "4007"},
    Letter{'_', "0747"},
    Letter{'(', "30212536"},
    Letter{')', "10212516"},
    Letter{'a', "4246 4332120305163645"},
    Letter{'b', "0006 0312324345361605"},
    Letter{'c', "433212030516 3645 1636"},
    Letter{'d', "4046 4332120305163645"},
    Letter{'e', "04444332120305163645"},
    Letter{'f', "40302126 1232"},
    Letter{'g', "4247381807 4332120305163645"},
    Letter{'h', "0006 0312324346"},
    Letter{'i', "2226 2020"},
    Letter{'j', "22271808 2020"},
    Letter{'k', "0006 3204 1346"},
    Letter{'l', "2026"},
    Letter{'m', "0206 03122326 23324346"},
    Letter{'n', "0206 0312324346"},
    Letter{'o', "123243453616050312"},
    Letter{'p', "0208 0312324345361605"},
    Letter{'q', "4248 4332120305163645"},
    Letter{'r', "0206 041232"},
    Letter{'s', "4332120314344536 1605 3616"},
    Letter{'t', "20253646 1232"},
    Letter{'u', "0205163645 4246"},
    Letter{'v', "022642"},
    Letter{'w', "0216233642"},
    Letter{'x', "0246 4206"},
    Letter{'y', "0226 4218"},
    Letter{'z', "02420646"},
    Letter{'A', "062046 1434"},
    Letter{'B', "00304142330300 03060636454433 0636"},
    Letter{'C', "4130100105163645"},
    Letter{'D', "002042442606 0006"},
    Letter{'E', "40000646 0333"},
    Letter{'F', "400006 0333"},
    Letter{'G', "41301001051636454323"},
    Letter{'H', "0006 4046 0343"},
    Letter{'I', "2026"},
    Letter{'J', "4045361605"},
    Letter{'K', "0006 4003 1346"},
    Letter{'L', "000646"},
    Letter{'M', "0600234046"},
    Letter{'N', "06004640"},
    Letter{'O', "103041453616050110"},
    Letter{'P', "06003041423303"},
    Letter{'Q', "103041453616050110 3447"},
    Letter{'R', "06003041423303 2346"},
    Letter{'S', "413010010213334445361605"},
    Letter{'T', "0040 2026"},
    Letter{'U', "000516364540"},
    Letter{'V', "002640"},
    Letter{'W', "0016233640"},
    Letter{'X', "0046 4006"},
    Letter{'Y', "002340 2326"},
    Letter{'Z', "00400646"},
};

/// In grid units, as designed.
std::vector<Stroke> strokesOf(char character) {
    const auto* found = std::find_if(letters.begin(), letters.end(),
                                     [=](const Letter& letter) { return letter.character == character; });
    std::vector<Stroke> strokes;
    if (found == letters.end()) {
        return strokes;
    }
    strokes.emplace_back();
    const std::string_view code = found->strokes;
    for (std::size_t i = 0; i < code.size();) {
        if (code[i] == ' ') {
            strokes.emplace_back();
            ++i;
            continue;
        }
        strokes.back().push_back({double(code[i] - '0'), double(code[i + 1] - '0')});
        i += 2;
    }
    return strokes;
}

/// Strokes of `text`, and in `width` how far it reaches, in capital heights.
std::vector<Stroke> layOut(std::string_view text, double& width) {
    std::vector<Stroke> all;
    double pen = 0.0;
    for (const char character : text) {
        std::vector<Stroke> strokes = strokesOf(character);
        if (strokes.empty()) {
            pen += wordSpace;
            continue;
        }
        double left = 4.0;
        double right = 0.0;
        for (const Stroke& stroke : strokes) {
            for (const Point& point : stroke) {
                left = std::min(left, point.x);
                right = std::max(right, point.x);
            }
        }
        for (Stroke& stroke : strokes) {
            for (Point& point : stroke) {
                point = {(pen + point.x - left) / capitalHeight, (point.y - baseline) / capitalHeight};
            }
            all.push_back(std::move(stroke));
        }
        pen += right - left + gap;
    }
    width = std::max(0.0, pen - gap) / capitalHeight;
    return all;
}

} // namespace

std::vector<Stroke> textStrokes(std::string_view text) {
    double width = 0.0;
    return layOut(text, width);
}

double textWidth(std::string_view text) {
    double width = 0.0;
    layOut(text, width);
    return width;
}

} // namespace alphascope::app
