#include "engine/data/fetch/sources.h"

#include <fmt/format.h>

namespace alphascope::engine {

namespace {

SourceFile plainFile(const std::string& base, const std::string& name, const std::string& md5,
                     std::uint64_t bytes) {
    return {.name = name,
            .address = base.empty() ? base : base + name,
            .md5 = md5,
            .bytes = bytes,
            .archive = false,
            .folder = {},
            .holds = {}};
}

SourceFile cifarArchive(int labels, const std::string& md5, std::uint64_t bytes) {
    const std::string name = fmt::format("cifar-{}-binary.tar.gz", labels);
    SourceFile file = plainFile("https://www.cs.toronto.edu/~kriz/", name, md5, bytes);
    file.archive = true;
    if (labels == 100) {
        file.folder = "cifar-100-binary";
        file.holds = {"train.bin", "test.bin", "fine_label_names.txt"};
    } else {
        file.folder = "cifar-10-batches-bin";
        file.holds = {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin",
                      "data_batch_5.bin", "test_batch.bin",   "batches.meta.txt"};
    }
    return file;
}

SourceFile celebAPictures() {
    SourceFile file =
        plainFile({}, "img_align_celeba.zip", "00d2c5bc6d35e252742224ab0c1e8fcb", 1'443'490'838);
    file.archive = true;
    file.folder = "img_align_celeba";
    file.holds = {"000001.jpg", "202599.jpg"};
    return file;
}

} // namespace

std::vector<SourceFile> sourcesOf(const std::string& name) {
    const std::string mnist = "https://ossci-datasets.s3.amazonaws.com/mnist/";
    const std::string fashion = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";
    if (name == "mnist") {
        return {plainFile(mnist, "train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873", 9'912'422),
                plainFile(mnist, "train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432", 28'881),
                plainFile(mnist, "t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3", 1'648'877),
                plainFile(mnist, "t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c", 4'542)};
    }
    if (name == "fashion-mnist") {
        return {
            plainFile(fashion, "train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d", 26'421'880),
            plainFile(fashion, "train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe", 29'515),
            plainFile(fashion, "t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79", 4'422'102),
            plainFile(fashion, "t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310", 5'148)};
    }
    if (name == "cifar10") {
        return {cifarArchive(10, "c32a1d4ab5d03f1284b67883e8d87530", 170'052'171)};
    }
    if (name == "cifar100") {
        return {cifarArchive(100, "03b5dce01913d631647c71ecec9e9cb8", 168'513'733)};
    }
    if (name == "celeba") { // the lists first: small, and wrong ones are found before the long wait
        return {plainFile({}, "list_eval_partition.txt", "d32c9cbf5e040fd4025c592c306e6668", 2'836'386),
                plainFile({}, "list_attr_celeba.txt", "75e246fa4810816ffd6ee81facbd244c", 26'721'026),
                celebAPictures()};
    }
    return {};
}

} // namespace alphascope::engine
