#include "app/run_verb.h"

#include <cctype>
#include <cstdio>
#include <exception>
#include <new>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "models/schema/parameter.h"

namespace alphascope::app {

namespace {

bool isControl(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

std::string printable(std::string text) {
    for (char& c : text) {
        if (c == '\n' || c == '\t') {
            c = ' ';
        } else if (isControl(c)) {
            c = '?';
        }
    }
    return text;
}

/// "Start a new run" -> "start a new run"; "MNIST is" stays.
std::string lowerStart(std::string text) {
    const auto isUpper = [&](std::size_t i) {
        return i < text.size() && std::isupper(static_cast<unsigned char>(text[i])) != 0;
    };
    if (isUpper(0) && !isUpper(1)) {
        text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    }
    return text;
}

/// "This is so. Do that." -> "This is so; do that." What stands in quotation marks stays.
std::string joinSentences(const std::string& text) {
    std::string joined;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char next = i + 1 < text.size() ? text[i + 1] : ' ';
        if (text[i] == '\'') {
            const bool opens = i == 0 || text[i - 1] == ' ' || text[i - 1] == '(';
            quoted = quoted ? std::isalnum(static_cast<unsigned char>(next)) != 0 : opens;
        }
        const bool sentenceEnds = !quoted && text[i] == '.' && next == ' ' && i + 2 < text.size();
        if (sentenceEnds && std::isupper(static_cast<unsigned char>(text[i + 2])) != 0) {
            return joined + "; " + joinSentences(lowerStart(text.substr(i + 2)));
        }
        joined += text[i];
    }
    return joined;
}

} // namespace

std::string oneSentence(const std::string& message, const std::string& hint) {
    std::string text = message;
    while (!text.empty() && (text.back() == '.' || text.back() == ' ' || text.back() == '\n')) {
        text.pop_back();
    }
    if (!hint.empty()) {
        text += "; " + lowerStart(hint);
    }
    if (!text.empty() && text.back() != '.' && text.back() != '?' && text.back() != '!') {
        text += '.';
    }
    return joinSentences(printable(text));
}

void reportError(const std::string& sentence) {
    fmt::print(stderr, "alphascope-cli: {}\n", sentence);
    std::fflush(stderr);
}

int runGuarded(const std::function<void()>& work) {
    using engine::Error;
    using engine::ErrorKind;
    try {
        work();
        return 0;
    } catch (const Error& error) {
        reportError(oneSentence(error.what(), error.hint()));
        return engine::exitCode(error.kind());
    } catch (const models::SchemaError& error) {
        reportError(oneSentence(error.what(), {}));
        return engine::exitCode(ErrorKind::Usage);
    } catch (const std::bad_alloc&) {
        reportError("There is not enough memory; use a smaller --count, --size or preset.");
    } catch (const std::exception& error) {
        reportError(oneSentence(fmt::format("A fault of this program: {}", error.what()),
                                "Please report it with the command that led here"));
    }
    return engine::exitCode(ErrorKind::Internal);
}

} // namespace alphascope::app
