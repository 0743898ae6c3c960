// What every method promises, in every size: shapes, state, resume, parts.
#include "model_test_support.h"

using namespace alphascope::models;
using namespace alphascope::tests;
using torch::Tensor;

namespace {

/// Every other choice, or some other number.
std::vector<ParameterValue> otherValues(const ParameterSpec& parameter, const ParameterValue& value) {
    std::vector<ParameterValue> others;
    switch (parameter.type) {
    case ParameterType::Boolean:
        others.emplace_back(!std::get<bool>(value));
        break;
    case ParameterType::Integer: {
        const std::int64_t number = std::get<std::int64_t>(value);
        others.emplace_back(double(number) < parameter.maximum ? number + 1 : number - 1);
        break;
    }
    case ParameterType::Real:
        others.emplace_back(std::get<double>(value) == parameter.minimum ? parameter.maximum
                                                                         : parameter.minimum);
        break;
    case ParameterType::Choice:
        for (const std::string& choice : parameter.choices) {
            if (choice != std::get<std::string>(value)) {
                others.emplace_back(choice);
            }
        }
    }
    return others;
}

} // namespace

class TestMethods : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySizeAndPresetBuilds_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("channels");
        QTest::addColumn<QString>("preset");
        for (const MethodTraits& traits : methodCatalog()) {
            for (const int size : {28, 32, 64}) {
                for (const int channels : {1, 3}) {
                    for (const MethodPreset& preset : traits.presets) {
                        QTest::addRow("%s %d x %d %s", traits.name.c_str(), size, channels,
                                      preset.name.c_str())
                            << QString::fromStdString(traits.name) << size << channels
                            << QString::fromStdString(preset.name);
                    }
                }
            }
            QTest::addRow("%s points", traits.name.c_str())
                << QString::fromStdString(traits.name) << int(pointShape.size) << int(pointShape.channels)
                << QStringLiteral("standard");
        }
    }
    void everySizeAndPresetBuilds() {
        QFETCH(QString, method);
        QFETCH(int, size);
        QFETCH(int, channels);
        QFETCH(QString, preset);
        const MethodTraits& traits = findMethod(method.toStdString());
        const ImageShape image{channels, size};
        const ModelSpec spec{traits.name, image, resolveParameters(traits, preset.toStdString(), {})};
        const auto built = makeMethod(spec, 1, torch::kCPU, Purpose::Inference);
        const torch::NoGradGuard noGrad;
        for (const bool training : {true, false}) {
            built->setTraining(training);
            const Tensor x = somePictures(image, 2);
            Tensor code = codes(*built, 2);
            if (traits.can(Capability::Encode)) {
                code = built->encode(x).mean;
                QVERIFY(code.sizes() == torch::IntArrayRef({2, built->latentSize()}));
            } else {
                QVERIFY_EXCEPTION_THROWN(built->encode(x), std::logic_error);
            }
            const Tensor made = built->generate(code);
            QVERIFY(made.sizes() == x.sizes());
            QVERIFY(image.isPoints() || made.abs().max().item<float>() <= 1.0F);
            if (traits.can(Capability::Criticise)) {
                QVERIFY(built->criticise(x).sizes() == torch::IntArrayRef({2}));
                const Tensor features = built->criticFeatures(x);
                QVERIFY(features.dim() == 2 && features.size(0) == 2 && features.size(1) > 0);
            } else {
                QVERIFY_EXCEPTION_THROWN(built->criticise(x), std::logic_error);
                QVERIFY_EXCEPTION_THROWN(built->criticFeatures(x), std::logic_error);
            }
            if (traits.can(Capability::CodeLogit)) {
                QVERIFY(built->codeLogit(code).sizes() == torch::IntArrayRef({2}));
            } else {
                QVERIFY_EXCEPTION_THROWN(built->codeLogit(code), std::logic_error);
            }
        }
    }

    void impossibleModelsAreRefused() {
        QVERIFY_EXCEPTION_THROWN(smallMethod(smallSpec("alpha-gan", {}, {1, 30})), SchemaError);
        QVERIFY_EXCEPTION_THROWN(smallMethod(smallSpec("vae", {}, {2, 28})), SchemaError);
        ModelSpec unknown = smallSpec("vae");
        unknown.method = "vea";
        QVERIFY_EXCEPTION_THROWN(smallMethod(unknown), SchemaError);
    }

    /// What a fork may change keeps the state's names and shapes; what the schema calls structural does not.
    void structuralParametersShapeTheState_data() {
        QTest::addColumn<QString>("method");
        for (const MethodTraits& traits : methodCatalog()) {
            QTest::addRow("%s", traits.name.c_str()) << QString::fromStdString(traits.name);
        }
    }
    void structuralParametersShapeTheState() {
        QFETCH(QString, method);
        const auto shapes = [](const ModelSpec& spec) {
            std::map<std::string, std::vector<std::int64_t>> result;
            for (const auto& [name, tensor] : stateOf(*smallMethod(spec))) {
                result[name] = tensor.sizes().vec();
            }
            return result;
        };
        const auto plain = smallSpec(method.toStdString());
        const auto before = shapes(plain);
        for (const ParameterSpec& parameter : plain.parameters.schema()) {
            if (parameter.live) {
                QVERIFY2(!parameter.structural, parameter.name.c_str());
                continue;
            }
            for (const ParameterValue& other :
                 otherValues(parameter, plain.parameters.value(parameter.name))) {
                ModelSpec changed = plain;
                changed.parameters.set(parameter.name, other);
                QVERIFY2((shapes(changed) != before) == parameter.structural,
                         (parameter.name + "=" + toText(other)).c_str());
            }
        }
    }

    void weightsDependOnTheSeedAlone() {
        const ModelSpec spec = smallSpec("alpha-gan");
        const auto weights = [&](std::uint64_t seed) {
            return stateOf(*makeMethod(spec, seed, torch::kCPU, Purpose::Training)).at("encoder.head.weight");
        };
        QVERIFY(torch::equal(weights(1), weights(1)));
        QVERIFY(!torch::equal(weights(1), weights(2)));
    }

    void resumeIsBitExact_data() { eachMethod(); }
    void resumeIsBitExact() {
        QFETCH(QString, method);
        const ModelSpec spec = smallSpec(method.toStdString());
        FixedBatches batches(somePictures());
        const auto run = [&](Method& model, int from, int to) {
            RandomStreams random(9);
            for (int step = from; step < to; ++step) {
                random.beginUpdate(step, 0);
                model.update(batches, random);
            }
        };
        const auto whole = smallMethod(spec);
        run(*whole, 0, 5);
        const auto first = smallMethod(spec);
        run(*first, 0, 3);
        const auto second = makeMethod(spec, 77, torch::kCPU, Purpose::Training);
        loadState(*second, stateOf(*first));
        run(*second, 3, 5);
        const TensorMap expected = stateOf(*whole);
        for (const auto& [name, tensor] : stateOf(*second)) {
            QVERIFY2(torch::equal(tensor, expected.at(name)), name.c_str());
        }
    }

    void everyPartMovesOnlyItsOwnNetwork_data() { eachMethod(); }
    void everyPartMovesOnlyItsOwnNetwork() {
        QFETCH(QString, method);
        const ModelSpec spec = smallSpec(method.toStdString());
        for (const MethodPart& part : findMethod(spec.method).parts) {
            const auto model = smallMethod(spec);
            FixedBatches batches(somePictures());
            RandomStreams random(9);
            const TensorMap before = stateOf(*model);
            model->updatePart(part.name, batches, random);
            for (const auto& [name, tensor] : stateOf(*model)) {
                const bool weight = isOf(part, name, "");
                const bool mine = weight || isOf(part, name, "adam.") || isOf(part, name, "ema.");
                const bool moved = !torch::equal(tensor, before.at(name));
                if (!mine) {
                    QVERIFY2(!moved, (part.name + " moved " + name).c_str());
                } else if (weight && tensor.dim() > 0) { // and statistics; a controller may be at its bound
                    QVERIFY2(moved, (part.name + " left " + name).c_str());
                }
            }
        }
        const auto model = smallMethod(spec);
        FixedBatches batches(somePictures());
        RandomStreams random(9);
        QVERIFY_EXCEPTION_THROWN(model->updatePart("X", batches, random), SchemaError);
    }

    void featuresAreWhatTheLastLayerSees_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("head");
        for (const char* method : {"alpha-gan", "dcgan", "wgan-gp", "vae-gan", "dfm", "ppgn", "ali"}) {
            QTest::newRow(method) << QString::fromLatin1(method)
                                  << (std::string(method) == "wgan-gp" ? QStringLiteral("critic")
                                                                       : QStringLiteral("discriminator"));
        }
    }
    void featuresAreWhatTheLastLayerSees() {
        QFETCH(QString, method);
        QFETCH(QString, head);
        const auto model = smallMethod(smallSpec(method.toStdString()));
        model->setTraining(false);
        const torch::NoGradGuard noGrad;
        const Tensor x = somePictures();
        const TensorMap state = stateOf(*model);
        const auto layer = [&](const char* part) { return state.find(head.toStdString() + ".head." + part); };
        QVERIFY(layer("weight") != state.end());
        Tensor logits = torch::matmul(model->criticFeatures(x), layer("weight")->second.t()).squeeze(1);
        if (layer("bias") != state.end()) {
            logits = logits + layer("bias")->second;
        }
        QVERIFY(torch::allclose(logits, model->criticise(x), 1e-4, 1e-4));
    }

    void lookingMovesNothing_data() { eachMethod(); }
    void lookingMovesNothing() {
        QFETCH(QString, method);
        const auto model = smallMethod(smallSpec(method.toStdString()));
        const TensorMap before = stateOf(*model);
        const torch::NoGradGuard noGrad;
        const MethodTraits& traits = findMethod(method.toStdString());
        model->generate(codes(*model, 8));
        if (traits.can(Capability::Encode)) {
            model->encode(somePictures());
        }
        if (traits.can(Capability::Criticise)) {
            model->criticise(somePictures());
            model->criticFeatures(somePictures());
        }
        for (const auto& [name, tensor] : stateOf(*model)) {
            QVERIFY2(torch::equal(tensor, before.at(name)), name.c_str());
        }
    }

    void reducedPrecisionTrains_data() { eachMethod(); }
    void reducedPrecisionTrains() {
        QFETCH(QString, method);
        const auto model = smallMethod(smallSpec(method.toStdString(), {{"precision", "bfloat16"}}));
        FixedBatches batches(somePictures());
        RandomStreams random(9);
        for (const auto& [tag, value] : model->update(batches, random).scalars) {
            QVERIFY2(std::isfinite(value.item<double>()), tag.c_str());
        }
        for (const auto& [name, tensor] : stateOf(*model)) {
            QVERIFY2(!tensor.is_floating_point() || tensor.scalar_type() == torch::kFloat32, name.c_str());
        }
    }

    void reportsExactlyTheCurvesOfItsTraits_data() { eachMethod(); }
    void reportsExactlyTheCurvesOfItsTraits() {
        QFETCH(QString, method);
        const MethodTraits& traits = findMethod(method.toStdString());
        const auto model = smallMethod(smallSpec(traits.name));
        FixedBatches batches(somePictures());
        RandomStreams random(9);
        std::vector<std::string> reported, promised;
        for (const auto& [tag, value] : model->update(batches, random).scalars) {
            QVERIFY2(value.dim() == 0 && std::isfinite(value.item<double>()), tag.c_str());
            reported.push_back(tag);
        }
        for (const Curve& curve : traits.curves) {
            QVERIFY(!curve.title.empty() && !curve.meaning.empty());
            promised.push_back(curve.tag);
        }
        QVERIFY(std::count(promised.begin(), promised.end(), traits.health) == 1);
        std::sort(reported.begin(), reported.end());
        std::sort(promised.begin(), promised.end());
        QCOMPARE(reported, promised);
    }

    void diagramsNameWhatTheyConnect_data() { eachMethod(); }
    void diagramsNameWhatTheyConnect() {
        QFETCH(QString, method);
        const MethodTraits& traits = findMethod(method.toStdString());
        std::map<std::string, int> uses;
        for (const Diagram::Node& node : traits.diagram.nodes) {
            QVERIFY2(uses.emplace(node.name, 0).second, node.name.c_str());
        }
        for (const auto& [from, to] : traits.diagram.arrows) {
            QVERIFY2(uses.contains(from) && uses.contains(to), (from + " -> " + to).c_str());
            ++uses[from];
            ++uses[to];
        }
        QVERIFY(!uses.empty());
        for (const auto& [name, count] : uses) {
            QVERIFY2(count > 0, name.c_str());
        }
        for (const MethodPart& part : traits.parts) {
            QVERIFY2(!part.networks.empty(), part.name.c_str());
        }
        QVERIFY(traits.explanation.ends_with('.') && !traits.paper.empty() && traits.year > 2000);
        for (const char* const preset : {"quick", "standard", "paper", "comparison"}) {
            resolveParameters(traits, preset, {}); // throws when there is none
        }
    }

    void replicasShowTheAverageOrTheRawWeights() {
        const ModelSpec spec = smallSpec("alpha-gan");
        const auto model = smallMethod(spec);
        FixedBatches batches(somePictures());
        RandomStreams random(9);
        model->update(batches, random);
        const TensorMap state = stateOf(*model);
        const auto replica = makeMethod(spec, 1, torch::kCPU, Purpose::Inference);
        loadWeights(*replica, state, Weights::Average);
        TensorMap shown = stateOf(*replica);
        QVERIFY(torch::equal(shown.at("encoder.head.weight"), state.at("ema.encoder.head.weight")));
        QVERIFY(torch::equal(shown.at("discriminator.head.weight"), state.at("discriminator.head.weight")));
        loadWeights(*replica, state, Weights::Raw);
        shown = stateOf(*replica);
        QVERIFY(torch::equal(shown.at("encoder.head.weight"), state.at("encoder.head.weight")));
        QVERIFY(!shown.contains("adam.encoder.steps") && !shown.contains("ema.encoder.updates"));
    }

    void faultyStatesAreNamedAndChangeNothing() {
        const ModelSpec spec = smallSpec("vae");
        const auto model = smallMethod(spec);
        const TensorMap good = stateOf(*model);
        // NOLINTNEXTLINE(performance-unnecessary-value-param): changed below
        const auto refused = [&](TensorMap state, const std::string& name) {
            for (auto& [key, tensor] : state) {
                if (key != name && tensor.is_floating_point()) {
                    tensor = tensor + 1;
                }
            }
            try {
                loadState(*model, state);
                return false;
            } catch (const std::invalid_argument& error) {
                return std::string(error.what()).find(name) != std::string::npos;
            }
        };
        const std::string victim = "generator.trunk.level0_bias";
        TensorMap state = good;
        state.erase(victim);
        QVERIFY(refused(state, victim));
        state = good;
        state[victim] = torch::zeros({99});
        QVERIFY(refused(state, victim));
        state = good;
        state[victim] = good.at(victim).to(torch::kFloat64);
        QVERIFY(refused(state, victim));
        state = good;
        state["discriminator.head.weight"] = torch::zeros({1});
        QVERIFY(refused(state, "discriminator.head.weight"));
        state = good;
        state["adam.encoder.steps"] = torch::scalar_tensor(-1, torch::kInt64);
        QVERIFY(refused(state, "adam.encoder.steps"));
        for (const auto& [name, tensor] : stateOf(*model)) {
            QVERIFY2(torch::equal(tensor, good.at(name)), name.c_str());
        }
    }

private:
    static Tensor codes(const Method& method, std::int64_t count) {
        return RandomStreams(5).normal("codes", {count, method.latentSize()}, torch::kCPU);
    }

    /// Whether the tensor `name` belongs to a network of `part`, under the prefix "", "adam." or "ema.".
    static bool isOf(const MethodPart& part, const std::string& name, const std::string& prefix) {
        return std::any_of(part.networks.begin(), part.networks.end(), [&](const std::string& network) {
            return name.starts_with(prefix + network + ".");
        });
    }

    static void eachMethod() {
        QTest::addColumn<QString>("method");
        for (const MethodTraits& traits : methodCatalog()) {
            QTest::newRow(traits.name.c_str()) << QString::fromStdString(traits.name);
        }
    }
};

QTEST_APPLESS_MAIN(TestMethods)
#include "tst_methods.moc"
